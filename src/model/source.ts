/** A document that requirements cite, as `specs/sources.json` lists it. */
export interface CitedSource {
  readonly title: string;
  readonly url: string;
  readonly revision: string;
}
export type CitedSources = Readonly<Record<string, CitedSource>>;
