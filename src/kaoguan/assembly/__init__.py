"""From words to things that work: who rules, where the work is done, which questions an interview asks."""
