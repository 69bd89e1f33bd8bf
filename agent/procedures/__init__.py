"""Procedures in plain English, compiled without a language model, checked and drawn.

`compile` makes the graph: `front` and `listing` read the file, `script` takes its steps apart,
`meaning` looks up what they name, `graph` links them, `lint` finds what is wrong with the whole.
`library` holds the procedures of a release; `drawing` and `outline` show one.
"""
