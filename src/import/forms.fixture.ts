// One service in every form that it may publish itself in.

/** Metadata of a host with roles, aliases, generics, AutoQuery, inheritance, odd routes, non-nullable references and answers of every kind. */
export const metadata = JSON.stringify({
  Config: { BaseUrl: 'https://bank.example.org/api' },
  Types: [
    {
      Name: 'Account',
      Namespace: 'Bank.Types',
      Inherits: { Name: 'Audited', Namespace: 'Bank.Types' },
      Properties: [
        value('Id', 'Int32'),
        { ...reference('Owner', 'String'), DataMember: { Name: 'owner_name', Order: 1 } },
        reference('Tags', 'String[]'),
      ],
    },
    { Name: 'Audited', Namespace: 'Bank.Types', Properties: [value('Created', 'DateTime')] },
    {
      Name: 'Page`1',
      Namespace: 'Bank.Types',
      GenericArgs: ['T'],
      IsGenericTypeDef: true,
      Properties: [
        { ...reference('Items', 'List`1'), GenericArgs: ['T'] },
        reference('Next', 'T'),
        value('Total', 'Int64'),
      ],
    },
  ],
  Operations: [
    operation('FindAccounts', [reference('OwnerContains', 'String')], {
      inherits: { Name: 'QueryDb`1', Namespace: 'ServiceStack', GenericArgs: ['Account'] },
      ReturnType: { Name: 'QueryResponse`1', Namespace: 'ServiceStack', GenericArgs: ['Account'] },
      Routes: [{ Path: '/accounts', Verbs: 'GET' }],
    }),
    operation('PageAccounts', [], {
      ReturnType: { Name: 'Page`1', Namespace: 'Bank.Types', GenericArgs: ['Account'] },
      Routes: [{ Path: '/pages' }],
      RequiresAuth: true,
      RequiredRoles: ['Admin', 'Boss'],
      RequiresAnyPermission: ['a', 'b'],
    }),
    operation('CountThem', [], {
      ReturnType: { Name: 'Int32', Namespace: 'System' },
      Routes: [{ Path: '/count', Verbs: 'GET' }],
    }),
    operation('MapThem', [], {
      ReturnType: { Name: 'Dictionary`2', Namespace: 'System.Collections.Generic', GenericArgs: ['String', 'Account'] },
      Routes: [{ Path: '/map', Verbs: 'GET' }],
    }),
    operation(
      'StreamIt',
      [
        reference('Before', 'String'),
        reference('Ext', 'String'),
        value('Version', 'Int32'),
        value('Id', 'Int32'),
        reference('File', 'IHttpFile'),
      ],
      {
        ReturnType: { Name: 'Stream', Namespace: 'System.IO' },
        Routes: [
          { Path: '/x/{before*}/y', Verbs: 'GET' },
          { Path: '/file.{Ext}' },
          { Path: '/v{Version}/x' },
          { Path: '/z/{Id:int}' },
        ],
      },
    ),
    operation('Register', [{ ...reference('Name', 'String'), IsRequired: true }, reference('Nick', 'String')], {
      ReturnType: { Name: 'Account', Namespace: 'Bank.Types' },
      Routes: [{ Path: '/register', Verbs: 'POST' }],
    }),
    operation('ListNumbers', [value('Level', 'Int32')], {
      inherits: { Name: 'Account', Namespace: 'Bank.Types' },
      ReturnType: { Name: 'List`1', Namespace: 'System.Collections.Generic', GenericArgs: ['Int32'] },
      Routes: [{ Path: '/numbers/{Id}', Verbs: 'POST' }],
    }),
  ],
});

function value(name: string, type: string): object {
  return { Name: name, Type: type, Namespace: 'System', IsValueType: true };
}

function reference(name: string, type: string): object {
  return { Name: name, Type: type, Namespace: 'System' };
}

function operation(
  name: string,
  properties: readonly object[],
  { inherits, ...given }: { readonly inherits?: object; readonly [name: string]: unknown },
): object {
  const request = {
    Name: name,
    Namespace: 'Bank',
    Properties: properties,
    ...(inherits !== undefined && { Inherits: inherits }),
  };
  return { Request: request, Actions: ['ANY'], Method: 'POST', ...given };
}

/** The same in C#, as `/types/csharp` writes it. */
export const csharp = `/* Options:
Date: 2026-11-26 12:51:10
Version: 10.15
BaseUrl: https://bank.example.org/api

//AddNullableAnnotations: True
*/

using System;
using ServiceStack;

namespace Bank
{
    [Route("/accounts", "GET")]
    public partial class FindAccounts
        : QueryDb<Account>, IReturn<QueryResponse<Account>>
    {
        public virtual string? OwnerContains { get; set; }
    }

    [Route("/pages")]
    public partial class PageAccounts
        : IReturn<Page<Account>>
    {
    }

    [Route("/count", "GET")]
    public partial class CountThem
        : IReturn<int>
    {
    }

    [Route("/map", "GET")]
    public partial class MapThem
        : IReturn<Dictionary<string, Account>>
    {
    }

    [Route("/x/{before*}/y", "GET")]
    [Route("/file.{Ext}")]
    [Route("/v{Version}/x")]
    [Route("/z/{Id:int}")]
    public partial class StreamIt
        : IReturn<Stream>
    {
        public virtual string? Before { get; set; }
        public virtual string? Ext { get; set; }
        public virtual int Version { get; set; }
        public virtual int Id { get; set; }
        public virtual IHttpFile? File { get; set; }
    }

    [Route("/register", "POST")]
    public partial class Register
        : IReturn<Account>
    {
        public virtual string Name { get; set; }
        public virtual string? Nick { get; set; }
    }

    [Route("/numbers/{Id}", "POST")]
    public partial class ListNumbers
        : Account, IReturn<List<int>>
    {
        public ListNumbers()
        {
            Tags = new string[]{};
        }

        public virtual int Level { get; set; }
    }

}

namespace Bank.Types
{
    [DataContract]
    public partial class Account
        : Audited
    {
        [DataMember]
        public virtual int Id { get; set; }

        [DataMember(Name="owner_name", Order=1)]
        public virtual string? Owner { get; set; }

        [DataMember]
        public virtual string[]? Tags { get; set; }
    }

    public partial class Audited
    {
        public virtual DateTime Created { get; set; }
    }

    public partial class Page<T>
    {
        public virtual List<T>? Items { get; set; }
        public virtual T? Next { get; set; }
        public virtual long Total { get; set; }
    }

}
`;

/** The same in TypeScript, as `/types/typescript` writes it. */
export const typescript = `/* Options:
Date: 2026-11-26 12:51:10
Version: 10.15
BaseUrl: https://bank.example.org/api

//MakePropertiesOptional: False
*/

// @ts-nocheck

export interface IReturn<T>
{
    createResponse(): T;
}

export class Audited
{
    public Created: string;

    public constructor(init?: Partial<Audited>) { (Object as any).assign(this, init); }
}

// @DataContract
export class Account extends Audited
{
    // @DataMember
    public Id: number;

    // @DataMember(Name="owner_name", Order=1)
    public owner_name?: string;

    // @DataMember
    public Tags?: string[];

    public constructor(init?: Partial<Account>) { super(init); (Object as any).assign(this, init); }
}

export class Page<T>
{
    public Items?: T[];
    public Next?: T;
    public Total: number;

    public constructor(init?: Partial<Page<T>>) { (Object as any).assign(this, init); }
}

// @Route("/accounts", "GET")
export class FindAccounts extends QueryDb<Account> implements IReturn<QueryResponse<Account>>
{
    public OwnerContains?: string;

    public constructor(init?: Partial<FindAccounts>) { super(init); (Object as any).assign(this, init); }
    public getTypeName() { return 'FindAccounts'; }
    public getMethod() { return 'GET'; }
    public createResponse() { return new QueryResponse<Account>(); }
}

// @Route("/pages")
export class PageAccounts implements IReturn<Page<Account>>
{

    public constructor(init?: Partial<PageAccounts>) { (Object as any).assign(this, init); }
    public getTypeName() { return 'PageAccounts'; }
}

// @Route("/count", "GET")
export class CountThem implements IReturn<number>
{
    public createResponse() { return 0; }
}

// @Route("/map", "GET")
export class MapThem implements IReturn<{ [index:string]: Account; }>
{
    public createResponse() { return {}; }
}

// @Route("/register", "POST")
export class Register implements IReturn<Account>
{
    public Name: string;
    public Nick?: string;
}

// @Route("/numbers/{Id}", "POST")
export class ListNumbers extends Account implements IReturn<number[]>
{
    public Level: number;
}
`;

/** A part of the same in Python, as `/types/python` writes it. */
export const python = `""" Options:
Date: 2026-11-26 12:51:10
Version: 10.15
BaseUrl: https://bank.example.org/api
"""

import datetime
from enum import Enum, IntEnum
T = TypeVar('T')


@dataclass_json(letter_case=LetterCase.CAMEL, undefined=Undefined.EXCLUDE)
@dataclass
class Audited:
    created: datetime.datetime = datetime.datetime(1, 1, 1)


# @DataContract
@dataclass_json(letter_case=LetterCase.CAMEL, undefined=Undefined.EXCLUDE)
@dataclass
class Account(Audited):
    # @DataMember
    id: int = 0

    # @DataMember(Name="owner_name", Order=1)
    owner_name: Optional[str] = None

    # @DataMember
    tags: Optional[List[str]] = None


@dataclass_json(letter_case=LetterCase.CAMEL, undefined=Undefined.EXCLUDE)
@dataclass
class Page(Generic[T]):
    items: Optional[List[T]] = None
    next: Optional[T] = None
    total: int = 0


# @Route("/accounts", "GET")
@dataclass_json(letter_case=LetterCase.CAMEL, undefined=Undefined.EXCLUDE)
@dataclass
class FindAccounts(QueryDb[Account], IReturn[QueryResponse[Account]]):
    owner_contains: Optional[str] = None


# @Route("/pages")
@dataclass
class PageAccounts(IReturn[Page[Account]]):
    pass


# @Route("/count", "GET")
@dataclass
class CountThem(IReturn[int]):
    pass


# @Route("/map", "GET")
@dataclass
class MapThem(IReturn[Dict[str, Account]]):
    pass


# @Route("/numbers/{Id}", "POST")
@dataclass
class ListNumbers(Account, IReturn[List[int]]):
    level: int = 0
`;
