// Counts of the work that rendering does. Tests read them to prove that the cost of a token does
// not grow with the chat; adding to an integer costs nothing worth a switch.
export const counters = {
    /** Messages whose template was rendered. */
    messageRenders: 0,
    /** Calls of the markdown parser, and the characters it was given. */
    parses: 0,
    parsedChars: 0,
    /** Code blocks that were coloured. */
    highlights: 0,
};
