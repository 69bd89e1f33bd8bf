"""Runs the sample's shop: `python sample/backend/app.py --port 8010`."""

from larkspur.server import main

if __name__ == "__main__":
    main()
