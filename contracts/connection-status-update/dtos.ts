/**
 * The DTOs of the operation as its contract states them, members in wire casing.
 * Written by `npm run derive` or by `conform import`; edit neither this nor contract.json.
 *
 * A member without `?` is required; one with `| null` may be null on the wire.
 * `declare` keeps the classes free of fields at run time: they are read, never filled.
 */

/** Update the status of the specified connection */
export class ConnectionStatusUpdate {
  /**
   * Connection to be updated
   * @format uuid
   */
  declare readonly ConnectionId: string;

  /**
   * Id of the contact linked to the connection
   * @format uuid
   */
  declare readonly ContactId: string;

  /**
   * Type of contact being connected with. For e.g. Real Person, Virtual Person etc.
   * @format uuid
   */
  declare readonly ContactTypeId: string;

  /**
   * Role Id linked to the connection request
   * @format uuid
   */
  declare readonly RoleId: string;
}

/** What a call of the operation answers */
export class ConnectionStatusUpdateResponse {
  /** How the call ended; a success may leave it out */
  declare readonly ResponseStatus?: ResponseStatus | null;
}

/** How a call ended: an error when it has an ErrorCode, a success otherwise */
export class ResponseStatus {
  /** What went wrong, as one word for programs */
  declare readonly ErrorCode?: string | null;

  /** What went wrong, as a sentence for people */
  declare readonly Message?: string | null;

  /** Where in the service it went wrong; sent by a host in debug mode only */
  declare readonly StackTrace?: string | null;

  /** What is wrong with each member of the request */
  declare readonly Errors?: readonly ResponseError[] | null;

  /** Further facts by name */
  declare readonly Meta?: { readonly [key: string]: string | null } | null;
}

/** What is wrong with one member of the request */
export class ResponseError {
  /** What is wrong, as one word for programs */
  declare readonly ErrorCode: string;

  /** The member at fault */
  declare readonly FieldName?: string | null;

  /** What is wrong, as a sentence for people */
  declare readonly Message: string;

  /** Further facts by name */
  declare readonly Meta?: { readonly [key: string]: string | null } | null;
}
