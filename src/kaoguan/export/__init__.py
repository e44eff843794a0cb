"""What leaves kaoguan's history for other programs, and what comes back.

session_file   sessions as JSON with a published schema: to keep, to send, to read in again (checked, as any file is)
anki           key points as a deck of cards for Anki
texts          verdicts as CSV, a session as Markdown, answers that a person ruled on for `kaoguan calibrate`
"""
