import type { Contract, ContractMember } from '../model/contract.ts';

/** Claims of one contract that another does not make. */
export function wrongClaims(said: Contract, truth: Contract): readonly string[] {
  const wrong: string[] = [];
  const held = (what: string, value: unknown, of: unknown): void => {
    if (JSON.stringify(value) !== JSON.stringify(of))
      wrong.push(`${what} ${JSON.stringify(value)}, not ${JSON.stringify(of)}`);
  };
  const isOpen = (path: string): boolean => said.unknown.some((each) => each.path === path);
  if (said.description !== '') held('description', said.description, truth.description);
  if (!isOpen('routes')) held('routes', routesOf(said), routesOf(truth));
  if (said.verbs !== undefined) held('verbs', said.verbs, truth.verbs);
  if (said.authentication !== 'unknown') held('authentication', said.authentication, truth.authentication);
  if (said.response.kind !== 'unknown') {
    held('response', said.response.kind, truth.response.kind);
    if ('type' in said.response && !isOpen('response')) held('response', said.response, truth.response);
  }
  for (const type of said.types) {
    const its = truth.types.find(({ name }) => name === type.name);
    if (its === undefined) {
      wrong.push(`type ${type.name}`);
      continue;
    }
    held(`enum ${type.name}`, type.enum?.names, its.enum?.names);
    if (!isOpen(`types.${type.name}.enum.flags`)) held(`flags of ${type.name}`, type.enum?.flags, its.enum?.flags);
    for (const member of type.members) {
      const at = `types.${type.name}.${member.property}`;
      const isNamed = !isOpen(`${at}.name`) && !isOpen(`types.${type.name}.members`);
      const real = its.members.find(({ name, property }) =>
        isNamed ? name === member.name : property === member.property,
      );
      if (real === undefined) wrong.push(`member ${type.name}.${member.name}`);
      else
        wrong.push(
          ...wrongOf(`${type.name}.${member.name}`, member, real, (field) =>
            field === 'name' ? !isNamed : isOpen(`${at}.${field}`),
          ),
        );
    }
  }
  return wrong;
}

function wrongOf(
  path: string,
  said: ContractMember,
  truth: ContractMember,
  isOpen: (field: string) => boolean,
): readonly string[] {
  return Object.entries({ ...said, json: 'unknown' }).flatMap(([name, value]) => {
    const real = truth[name as keyof ContractMember];
    // A page says only that a member is required, not by what.
    const isSame = JSON.stringify(value) === JSON.stringify(real) || (value === 'documented' && real === 'enforced');
    return value === 'unknown' || value === '' || isSame || isOpen(name)
      ? []
      : [`${path}.${name} ${JSON.stringify(value)}, not ${JSON.stringify(real)}`];
  });
}

function routesOf({ routes }: Contract): readonly string[] {
  return routes.map(({ name, path, verbs }) => `${name}: ${String(verbs)} ${path}`).sort();
}

/** Paths of all that a contract calls unknown must be listed, and the other way round. */
export function unlisted(contract: Contract): readonly string[] {
  const listed = new Set(contract.unknown.map(({ path }) => path));
  return contract.types.flatMap(({ name, members }) =>
    members.flatMap((member) =>
      (['type', 'nullable', 'required', 'in'] as const)
        .filter((field) => member[field] === 'unknown')
        .map((field) => `types.${name}.${member.property}.${field}`)
        .filter((path) => !listed.has(path)),
    ),
  );
}
