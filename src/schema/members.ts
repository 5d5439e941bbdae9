import type { Contract } from '../model/contract.ts';
import type { Member, Schemas } from '../model/schema.ts';
import { dtoOf } from './dto.ts';

/**
 * The members of a contract's request, in the order of its schema, each with where a request carries it:
 * in the path when a route has a placeholder of its name, else in the body.
 *
 * @throws Error when the request has no schema, or a route's placeholder is no member of it
 */
export function membersOf(contract: Contract, schemas: Schemas): readonly Member[] {
  const { members } = dtoOf(schemas, contract.request);
  const inPath = new Set(contract.routes.flatMap((route) => placeholders(route.path)));
  for (const name of inPath) {
    if (!members.some((member) => member.name.toLowerCase() === name)) {
      throw new Error(`A route of ${contract.operation} binds {${name}}, but ${contract.request} has no such member.`);
    }
  }
  return members.map(({ name, type, required, description }) => ({
    name,
    type,
    required,
    in: inPath.has(name.toLowerCase()) ? 'path' : 'body',
    description,
  }));
}

function placeholders(path: string): readonly string[] {
  // A component is a placeholder only if it begins with a brace, and names its member in any casing (source forms, 5).
  return [...path.matchAll(/(?<=[/.])\{\*?(\w+)/g)].flatMap(([, name]) => name?.toLowerCase() ?? []);
}
