"""Changes to the sample, each brought through the release's gate alone: `python -m tests.forty`.

Twenty are for the worse and must be refused, with the right cases named; twenty are harmless and
must pass. Each is made to files (articles, procedures, actions, settings, prompts, code, the golden
set) or to the world around (a model, a judge), never by a word to the gate.
"""
