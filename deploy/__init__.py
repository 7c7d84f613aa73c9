"""The dashboard for an office: the server with compressed files, and examples for nginx and systemd."""
