import type { Dto, DtoMember, DtoModel, DtoType } from '../model/schema.ts';

/**
 * Writes the DTOs of a contract as TypeScript classes, for those who write a client: members in wire casing, one without
 * `?` is required, one with `| null` may be null on the wire. The same model gives the same bytes.
 *
 * @param model as `modelOf` reads it from a contract
 */
export function dtosText(model: DtoModel): string {
  return `${head}\n${model.map(classText).join('\n')}`;
}

const head = `/**
 * The DTOs of the operation as its contract states them, members in wire casing.
 * Written by \`npm run derive\` or by \`conform import\`; edit neither this nor contract.json.
 *
 * A member without \`?\` is required; one with \`| null\` may be null on the wire.
 * \`declare\` keeps the classes free of fields at run time: they are read, never filled.
 */
`;

function classText({ name, description, members }: Dto): string {
  const body = members.map(memberText).join('\n');
  return `${commentOf([description], '')}export class ${name} {\n${body}}\n`;
}

function memberText({ name, description, type, required, nullable }: DtoMember): string {
  const format = 'format' in type ? [`@format ${type.format}`] : [];
  const optional = required ? '' : '?';
  return `${commentOf([description, ...format], '  ')}  declare readonly ${quoted(name)}${optional}: ${textOf(type)}${nullable && type.kind !== 'any' ? ' | null' : ''};\n`;
}

function commentOf(lines: readonly string[], indent: string): string {
  const said = lines
    .filter((line) => line !== '')
    .map((line) => plain(line.replaceAll('*/', '*\\/').replace(/\s+/g, ' ')));
  const [only, ...more] = said;
  if (only === undefined) return '';
  if (more.length === 0) return `${indent}/** ${only} */\n`;
  return `${indent}/**\n${said.map((line) => `${indent} * ${line}\n`).join('')}${indent} */\n`;
}

function textOf(type: DtoType): string {
  switch (type.kind) {
    case 'string':
      return 'string';
    case 'integer':
    case 'number':
      return 'number';
    case 'boolean':
      return 'boolean';
    case 'enum':
      return type.names.map((name) => plain(JSON.stringify(name))).join(' | ');
    case 'any':
      return 'unknown';
    case 'reference':
      return type.dto;
    case 'list':
      return `readonly ${inList(type.of)}[]`;
    case 'map':
      // A .NET dictionary does not keep null out of its values.
      return `{ readonly [key: string]: ${type.of.kind === 'any' ? 'unknown' : `${textOf(type.of)} | null`} }`;
  }
}

function inList(type: DtoType): string {
  const text = textOf(type);
  return type.kind === 'enum' || type.kind === 'list' ? `(${text})` : text;
}

/** A name as a class writes it: between quotes where it is no identifier. */
function quoted(name: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : plain(JSON.stringify(name));
}

/** A text without what is not seen, such as marks that turn the direction of what stands behind them. */
function plain(text: string): string {
  return text.replace(/\p{Cf}/gu, (mark) => `\\u${mark.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
