"""Pictures of pages (scans and photographs) -> the same paragraphs and tables of cells as from any other format."""
