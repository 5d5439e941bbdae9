/** The command line, a file or a selection is wrong: one sentence, exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** The run could not be done: one sentence, exit code 3. */
export class InconclusiveError extends Error {
  override readonly name = 'InconclusiveError';
}
