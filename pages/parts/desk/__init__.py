"""The desk: a document comes in, its reading is checked beside its page, and is kept. It knows documents only as drafts on disk and the
builder only as processes; `pages/add.py` is the door to it.
"""
