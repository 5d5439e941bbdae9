import ts from 'typescript';
import type { Dto, DtoMember, DtoModel, DtoType } from '../src/model/schema.ts';

/**
 * Reads DTO classes from TypeScript source into a DTO model: types from the declarations, descriptions and `@format`
 * from the JSDoc. Works on the syntax alone, so the order and the bytes of the model depend on the source alone.
 *
 * @param fileName named in errors
 * @param source the text of the file
 * @throws Error for anything that has no place in a DTO, with file and line
 */
export function readDtoModel(fileName: string, source: string): DtoModel {
  const file = ts.createSourceFile(fileName, source, ts.ScriptTarget.Latest, true);
  return file.statements.map((statement) => {
    if (!ts.isClassDeclaration(statement)) throw wrong(statement, 'is no class; a file of DTOs has nothing else');
    return readClass(statement);
  });
}

function readClass(node: ts.ClassDeclaration): Dto {
  if (node.name === undefined) throw wrong(node, 'is a class without a name; a DTO needs one');
  return { name: node.name.text, description: descriptionOf(node), members: node.members.map(readMember) };
}

function readMember(node: ts.ClassElement): DtoMember {
  if (!ts.isPropertyDeclaration(node) || node.type === undefined || !ts.isIdentifier(node.name)) {
    throw wrong(node, 'is no typed property; a DTO has nothing else');
  }
  const { type, nullable } = readNullable(node.type);
  return {
    name: node.name.text,
    description: descriptionOf(node),
    type: withFormat(node, readType(type)),
    required: node.questionToken === undefined,
    nullable,
  };
}

function readNullable(node: ts.TypeNode): { type: ts.TypeNode; nullable: boolean } {
  if (!ts.isUnionTypeNode(node)) return { type: node, nullable: false };
  const [type, ...more] = node.types.filter((each) => !isNull(each));
  if (type === undefined || more.length > 0) throw wrong(node, 'is a union; a DTO knows only "T | null"');
  return { type, nullable: true };
}

function readType(node: ts.TypeNode): DtoType {
  if (node.kind === ts.SyntaxKind.StringKeyword) return { kind: 'string' };
  if (node.kind === ts.SyntaxKind.NumberKeyword) return { kind: 'number' };
  if (node.kind === ts.SyntaxKind.BooleanKeyword) return { kind: 'boolean' };
  if (ts.isTypeOperatorNode(node) && node.operator === ts.SyntaxKind.ReadonlyKeyword) return readType(node.type);
  if (ts.isArrayTypeNode(node)) return { kind: 'list', of: readType(node.elementType) };
  if (ts.isTypeReferenceNode(node) && ts.isIdentifier(node.typeName)) return readReference(node, node.typeName.text);
  throw wrong(node, 'is no type that a DTO knows');
}

function readReference(node: ts.TypeReferenceNode, name: string): DtoType {
  const [first, second, ...more] = node.typeArguments ?? [];
  if (first === undefined) return { kind: 'reference', dto: name };
  if (name === 'Readonly' && second === undefined) return readType(first);
  if (name === 'Record' && first.kind === ts.SyntaxKind.StringKeyword && second !== undefined && more.length === 0) {
    const { type, nullable } = readNullable(second);
    if (!nullable) throw wrong(node, 'has values that cannot be null, but those of a map always can; write "T | null"');
    return { kind: 'map', of: readType(type) };
  }
  throw wrong(node, 'is no type that a DTO knows');
}

function withFormat(node: ts.PropertyDeclaration, type: DtoType): DtoType {
  const tag = ts.getJSDocTags(node).find((each) => each.tagName.text === 'format');
  if (tag === undefined) return type;
  const format = ts.getTextOfJSDocComment(tag.comment);
  if (type.kind !== 'string' || format !== 'uuid') {
    throw wrong(node, `has the format "${format ?? ''}"; a DTO knows only uuid, on a string`);
  }
  return { kind: 'string', format };
}

/** The prose of the last JSDoc before a declaration, on one line. */
function descriptionOf(node: ts.Node): string {
  const [comment] = ts.getJSDocCommentsAndTags(node).filter(ts.isJSDoc).slice(-1);
  return (ts.getTextOfJSDocComment(comment?.comment) ?? '').replace(/\s+/g, ' ').trim();
}

function isNull(node: ts.TypeNode): boolean {
  return ts.isLiteralTypeNode(node) && node.literal.kind === ts.SyntaxKind.NullKeyword;
}

function wrong(node: ts.Node, is: string): Error {
  const file = node.getSourceFile();
  const { line } = file.getLineAndCharacterOfPosition(node.getStart());
  const [firstLine = ''] = node.getText().split('\n');
  return new Error(`${file.fileName}:${line + 1}: "${firstLine}" ${is}.`);
}
