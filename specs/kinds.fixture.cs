/* Options:
Date: 2026-11-20 10:00:00
Version: 10.15
Tip: To override a DTO option, remove "//" prefix before updating
BaseUrl: http://shop.example.org
*/

using System;
using System.IO;
using System.Collections;
using System.Collections.Generic;
using System.Runtime.Serialization;
using ServiceStack;
using ServiceStack.DataAnnotations;

using Shop.ServiceModel;

namespace Shop.ServiceModel
{
    [Flags]
    public enum Access
    {
        None = 0,
        Read = 1,
        Write = 2,
        Admin = 4,
    }

    public enum Level
    {
        Low = 10,
        High = 20,
    }

    public enum Stage
    {
        Draft,
        [EnumMember(Value="in-review")]
        InReview,
        Done,
    }

    public partial class Money
    {
        public virtual decimal Amount { get; set; }
        public virtual string Currency { get; set; }
    }

    public partial class Line
    {
        public virtual int Number { get; set; }
        public virtual string Text { get; set; }
        public virtual Money Price { get; set; }
        public virtual List<Line> Children { get; set; }
    }

    public partial class Entity
    {
        public virtual long Id { get; set; }
        public virtual DateTime Created { get; set; }
        public virtual DateTimeOffset? Changed { get; set; }
    }

    public partial class Order
        : Entity
    {
        public virtual Stage Stage { get; set; }
        public virtual Access Access { get; set; }
        public virtual Level Level { get; set; }
        public virtual List<Line> Lines { get; set; }
        public virtual Dictionary<string, int> Counts { get; set; }
        public virtual Dictionary<int, Money> ByNumber { get; set; }
        public virtual List<List<int>> Matrix { get; set; }
        public virtual byte[] Blob { get; set; }
        public virtual Guid Key { get; set; }
        public virtual TimeSpan Duration { get; set; }
        public virtual DateOnly Day { get; set; }
        public virtual TimeOnly Hour { get; set; }
        public virtual double Rate { get; set; }
        public virtual float Share { get; set; }
        public virtual bool Open { get; set; }
        public virtual char Mark { get; set; }
        public virtual Uri Link { get; set; }
        public virtual short Small { get; set; }
        public virtual ulong Big { get; set; }
        public virtual object Any { get; set; }
    }

    public partial class Page<T>
    {
        public virtual List<T> Items { get; set; }
        public virtual int Total { get; set; }
        public virtual ResponseStatus ResponseStatus { get; set; }
    }

    [DataContract]
    public partial class Renamed
    {
        [DataMember(Name="tool_id", Order=1)]
        public virtual int ToolId { get; set; }
        [DataMember(Name="display-name", Order=2)]
        public virtual string DisplayName { get; set; }
        [DataMember(Name="status", Order=3)]
        public virtual ResponseStatus ResponseStatus { get; set; }
    }

    [Route("/orders/{Id}", "GET")]
    public partial class GetOrder
        : IReturn<Order>, IGet
    {
        public virtual long Id { get; set; }
    }

    [Route("/orders", "GET")]
    public partial class ListOrders
        : IReturn<Page<Order>>, IGet
    {
        public virtual Stage? Stage { get; set; }
        public virtual Access? Access { get; set; }
        public virtual DateTimeOffset? Since { get; set; }
        public virtual List<long> Ids { get; set; }
        public virtual Dictionary<string, string> Tags { get; set; }
        public virtual byte[] Hash { get; set; }
    }

    [Route("/orders/{OrderId}/lines/{Number}", "GET")]
    public partial class GetLine
        : IReturn<Line>, IGet
    {
        public virtual long OrderId { get; set; }
        public virtual int Number { get; set; }
    }

    [Route("/", "GET")]
    public partial class Home
        : IReturn<HomeResponse>, IGet
    {
    }

    public partial class HomeResponse
    {
        public virtual string Version { get; set; }
    }

    [Route("/v2/orders", "POST")]
    [Route("/v2/orders/{Id}", "PUT PATCH")]
    public partial class SaveOrder
        : IReturn<SaveOrderResponse>
    {
        public virtual long? Id { get; set; }
        [Validate("NotEmpty")]
        public virtual string Name { get; set; }
        [Validate("InclusiveBetween(1,10)")]
        public virtual int Count { get; set; }
        [Validate("Email")]
        public virtual string Mail { get; set; }
        public virtual Money Price { get; set; }
        public virtual List<Line> Lines { get; set; }
        public virtual Stage Stage { get; set; }
    }

    public partial class SaveOrderResponse
    {
        public virtual long Id { get; set; }
        public virtual ResponseStatus ResponseStatus { get; set; }
    }

    [Route("/docs/{Path*}", "GET")]
    public partial class GetDoc
        : IReturn<Stream>, IGet
    {
        public virtual string Path { get; set; }
    }

    [Route("/hello", "GET,POST")]
    [Route("/hello/{Name}", "GET")]
    public partial class Hello
        : IReturn<string>
    {
        public virtual string Name { get; set; }
    }

    [Route("/count", "GET")]
    public partial class CountOrders
        : IReturn<int>, IGet
    {
        public virtual string Filter { get; set; }
    }

    [Route("/counts", "GET")]
    public partial class CountsByStage
        : IReturn<Dictionary<string, int>>, IGet
    {
    }

    [Route("/names", "GET")]
    public partial class Names
        : IReturn<List<string>>, IGet
    {
        public virtual int? Take { get; set; }
    }

    [Route("/orders/{Id}", "DELETE")]
    public partial class RemoveOrder
        : IReturnVoid, IDelete
    {
        public virtual long Id { get; set; }
    }

    [Route("/renamed/{ToolId}", "GET")]
    [DataContract]
    public partial class GetRenamed
        : IReturn<Renamed>, IGet
    {
        [DataMember(Name="tool_id")]
        public virtual int ToolId { get; set; }
        [DataMember(Name="with-name")]
        public virtual bool WithName { get; set; }
    }

    [Route("/guid/{Key}", "GET")]
    public partial class GetByKey
        : IReturn<Order>, IGet
    {
        public virtual Guid Key { get; set; }
    }

    [Route("/when/{Day}/{Hour}", "GET")]
    public partial class When
        : IReturn<WhenResponse>, IGet
    {
        public virtual DateOnly Day { get; set; }
        public virtual TimeOnly Hour { get; set; }
    }

    public partial class WhenResponse
    {
        public virtual DateTime At { get; set; }
        public virtual DateTimeOffset Zoned { get; set; }
        public virtual TimeSpan? Left { get; set; }
        public virtual ResponseStatus ResponseStatus { get; set; }
    }

    [Route("/rights/{Access}", "GET POST")]
    public partial class Rights
        : IReturn<RightsResponse>
    {
        public virtual Access Access { get; set; }
        public virtual List<Access> More { get; set; }
        public virtual Level Level { get; set; }
    }

    public partial class RightsResponse
    {
        public virtual Access Access { get; set; }
        public virtual List<Access> More { get; set; }
        public virtual Dictionary<Stage, int> ByStage { get; set; }
        public virtual ResponseStatus ResponseStatus { get; set; }
    }

    [Route("/nested", "POST")]
    public partial class Nested
        : IReturn<Nested>, IPost
    {
        public virtual List<List<string>> Rows { get; set; }
        public virtual Dictionary<string, List<Money>> Prices { get; set; }
        public virtual Line Root { get; set; }
        public virtual Money[] Coins { get; set; }
        public virtual byte[] Blob { get; set; }
    }

    public partial class NoResponseDto
        : IReturn<NoResponseDtoResponse>
    {
        [Validate("NotEmpty")]
        public virtual string Name { get; set; }
    }

    public partial class NoResponseDtoResponse
    {
        public virtual int Count { get; set; }
        public virtual List<string> Names { get; set; }
    }

    public enum Kind
    {
        A,
        B,
    }

    public partial class Contact
    {
        public virtual int Id { get; set; }
        public virtual string Name { get; set; }
        public virtual int? Age { get; set; }
    }

    public partial class PagedRequest
    {
        public virtual int? Offset { get; set; }
        public virtual int? Limit { get; set; }
        public virtual Kind Kind { get; set; }
    }

    public partial class Box<T>
    {
        public virtual T Value { get; set; }
        public virtual List<T> Values { get; set; }
        public virtual Dictionary<string, T> ByName { get; set; }
    }

    [Route("/{Path*}", "GET")]
    public partial class Fallback
        : IReturn<string>, IGet
    {
        public virtual string Path { get; set; }
    }

    [Route("/contacts/page", "GET")]
    public partial class PageContacts
        : PagedRequest, IReturn<List<Contact>>, IGet
    {
        public virtual List<Kind> Kinds { get; set; }
        public virtual string Sort { get; set; }
    }

    [Route("/contacts/query", "GET")]
    public partial class QueryContacts
        : QueryDb<Contact>, IReturn<QueryResponse<Contact>>
    {
        public virtual int? Id { get; set; }
        public virtual string NameContains { get; set; }
        public virtual int[] Ids { get; set; }
    }

    [Route("/boxes", "GET")]
    public partial class GetBox
        : IReturn<Box<Contact>>, IGet
    {
        public virtual Guid? Key { get; set; }
    }

    [Route("/boxes/names", "GET")]
    public partial class GetNameBox
        : IReturn<Box<string>>, IGet
    {
    }

    [Route("/contacts", "POST")]
    public partial class CreateContact
        : IReturn<IdResponse>, IPost, ICreateDb<Contact>
    {
        [Validate("NotEmpty")]
        public virtual string Name { get; set; }
        public virtual int? Age { get; set; }
    }

    [Route("/contacts/{Id}/touch", "POST")]
    public partial class TouchContact
        : IReturn<EmptyResponse>, IPost
    {
        public virtual int Id { get; set; }
    }

    [Route("/numbers", "GET")]
    public partial class Numbers
        : IReturn<List<int>>, IGet
    {
    }

    [Route("/is/{Id}", "GET")]
    public partial class IsThere
        : IReturn<bool>, IGet
    {
        public virtual int Id { get; set; }
    }

    [Route("/now", "GET")]
    public partial class Now
        : IReturn<DateTime>, IGet
    {
    }

    [Route("/newid", "GET")]
    public partial class NewId
        : IReturn<Guid>, IGet
    {
    }

    [Route("/ping", "GET")]
    public partial class Ping
        : IReturnVoid, IGet
    {
    }

    [Route("/at/{When}", "GET")]
    public partial class At
        : IReturn<Contact>, IGet
    {
        public virtual DateTime When { get; set; }
    }

    [Route("/kind/{Kind}", "GET")]
    public partial class OfKind
        : IReturn<List<Contact>>, IGet
    {
        public virtual Kind Kind { get; set; }
    }

    [Route("/upload", "POST")]
    public partial class Upload
        : IReturn<Contact>, IPost
    {
        [Validate("NotNull")]
        public virtual byte[] Data { get; set; }
        [Validate("NotEmpty")]
        public virtual List<int> Ids { get; set; }
        [Validate("NotNull")]
        public virtual Dictionary<string, string> Map { get; set; }
        [Validate("NotNull")]
        public virtual Contact Contact { get; set; }
        [Validate("[NotEmpty,MaximumLength(5)]")]
        public virtual string Code { get; set; }
        [Validate("GreaterThan(0)")]
        public virtual decimal Amount { get; set; }
    }

    [Route("/img", "GET")]
    public partial class Image
        : IReturn<byte[]>, IGet
    {
        public virtual string Name { get; set; }
        public virtual double? Scale { get; set; }
    }

    [Route("/prices", "GET")]
    public partial class Prices
        : IReturn<Dictionary<string, decimal>>, IGet
    {
        public virtual decimal? Min { get; set; }
    }

    [Route("/tree", "GET POST")]
    public partial class Tree
        : IReturn<TreeNode>
    {
        public virtual int? Depth { get; set; }
    }

    public partial class TreeNode
    {
        public virtual string Name { get; set; }
        public virtual List<TreeNode> Nodes { get; set; }
        public virtual object Tag { get; set; }
        public virtual List<object> Tags { get; set; }
        public virtual Dictionary<string, object> Meta { get; set; }
    }

    [Flags]
    public enum Days
    {
        None = 0,
        Monday = 1,
        Tuesday = 2,
        Weekend = 96,
    }

    public enum Shade
    {
        [EnumMember(Value="light-grey")]
        LightGrey,
        [EnumMember(Value="dark grey")]
        DarkGrey,
        Black,
    }

    public partial class Address
    {
        public virtual string Street { get; set; }
        public virtual string City { get; set; }
        public virtual string Zip { get; set; }
        public virtual Country Country { get; set; }
    }

    public partial class Country
    {
        public virtual string Code { get; set; }
        public virtual string Name { get; set; }
    }

    public partial class Item
    {
        public virtual int Sku { get; set; }
        public virtual string Title { get; set; }
        public virtual decimal? Price { get; set; }
        public virtual Shade? Shade { get; set; }
        public virtual List<string> Tags { get; set; }
        public virtual Dictionary<string, string> Attributes { get; set; }
    }

    public abstract class Animal
    {
        public virtual string Name { get; set; }
    }

    public partial class Dog : Animal
    {
        public virtual bool Barks { get; set; }
    }

    [Route("/depots", "POST")]
    public partial class CreateDepot
        : IReturn<CreateDepotResponse>, IPost
    {
        [Validate("NotEmpty")]
        public virtual string Name { get; set; }
        public virtual Address Address { get; set; }
        public virtual List<Item> Items { get; set; }
        public virtual Dictionary<string, Item> ByShelf { get; set; }
        public virtual Dictionary<int, List<Address>> Branches { get; set; }
        public virtual HashSet<int> Numbers { get; set; }
        public virtual KeyValuePair<string, int> Entry { get; set; }
    }

    public partial class CreateDepotResponse
    {
        public virtual Guid Id { get; set; }
        public virtual Address Address { get; set; }
        public virtual List<Item> Items { get; set; }
        public virtual Dictionary<string, Item> ByShelf { get; set; }
        public virtual KeyValuePair<string, int> Entry { get; set; }
        public virtual ResponseStatus ResponseStatus { get; set; }
    }

    [Route("/shades/{Shade}", "GET")]
    public partial class GetShade
        : IReturn<GetShadeResponse>, IGet
    {
        public virtual Shade Shade { get; set; }
        public virtual Days Days { get; set; }
        public virtual List<Shade> Others { get; set; }
    }

    public partial class GetShadeResponse
    {
        public virtual Shade Shade { get; set; }
        public virtual Days Days { get; set; }
        public virtual List<Shade> Others { get; set; }
        public virtual Dictionary<Shade, Days> Map { get; set; }
        public virtual ResponseStatus ResponseStatus { get; set; }
    }

    [Route("/files", "GET")]
    [Route("/files/{Path*}", "GET HEAD")]
    [Route("/files/{Path*}", "PUT")]
    [Route("/raw/{Area}/{Path*}", "GET")]
    public partial class Files
        : IReturn<FilesResponse>
    {
        public virtual string Area { get; set; }
        public virtual string Path { get; set; }
        public virtual bool Recurse { get; set; }
    }

    public partial class FilesResponse
    {
        public virtual List<string> Names { get; set; }
        public virtual long Size { get; set; }
        public virtual ResponseStatus ResponseStatus { get; set; }
    }

    [Route("/ledger", "POST")]
    [DataContract]
    public partial class PostLedger
        : IReturn<PostLedgerResponse>, IPost
    {
        [DataMember(Name="ledger_id", Order=1)]
        public virtual Guid LedgerId { get; set; }
        [DataMember(Name="posting-date", Order=2)]
        public virtual DateTime PostingDate { get; set; }
        [DataMember(Name="lines", Order=3)]
        [Validate("NotEmpty")]
        public virtual List<LedgerLine> Lines { get; set; }
        [DataMember(Order=4)]
        public virtual string Memo { get; set; }
        public virtual string Hidden { get; set; }
    }

    [DataContract]
    public partial class LedgerLine
    {
        [DataMember(Name="acct", IsRequired=true)]
        public virtual string Account { get; set; }
        [DataMember(Name="amt", EmitDefaultValue=false)]
        public virtual decimal Amount { get; set; }
    }

    [DataContract]
    public partial class PostLedgerResponse
    {
        [DataMember(Name="ledger_id")]
        public virtual Guid LedgerId { get; set; }
        [DataMember(Name="lines")]
        public virtual List<LedgerLine> Lines { get; set; }
        [DataMember(Name="error")]
        public virtual ResponseStatus ResponseStatus { get; set; }
    }

    public partial class Envelope<TData, TMeta>
    {
        public virtual TData Data { get; set; }
        public virtual TMeta Meta { get; set; }
        public virtual List<TData> More { get; set; }
        public virtual ResponseStatus ResponseStatus { get; set; }
    }

    [Route("/envelopes/{Id}", "GET,HEAD")]
    public partial class GetEnvelope
        : IReturn<Envelope<Item, Dictionary<string, int>>>, IGet
    {
        public virtual uint Id { get; set; }
    }

    [Route("/rows/{Id}/{Sub}", "GET")]
    [Route("/rows/{Id}", "GET")]
    [Route("/rows", "GET")]
    public partial class GetRows
        : IReturn<List<List<int>>>, IGet
    {
        public virtual int? Id { get; set; }
        public virtual Guid? Sub { get; set; }
        public virtual int Depth { get; set; }
    }

    [Route("/animals", "GET")]
    public partial class GetAnimals
        : IReturn<GetAnimalsResponse>, IGet
    {
        public virtual string Kind { get; set; }
    }

    public partial class GetAnimalsResponse
    {
        public virtual Animal Best { get; set; }
        public virtual List<Animal> All { get; set; }
        public virtual object Anything { get; set; }
        public virtual Dictionary<string, object> Bag { get; set; }
        public virtual ResponseStatus ResponseStatus { get; set; }
    }

    [Route("/lists/items", "GET POST")]
    public partial class ItemList
        : IReturn<ItemListResponse>
    {
        public virtual int? Skip { get; set; }
        public virtual int? Take { get; set; }
        public virtual string OrderBy { get; set; }
    }

    public partial class ItemListResponse : List<Item>
    {
    }

    [Route("/maps", "GET PUT")]
    public partial class Maps
        : IReturn<Maps>
    {
        public virtual Dictionary<int, string> ByInt { get; set; }
        public virtual Dictionary<Guid, int> ByGuid { get; set; }
        public virtual Dictionary<Shade, bool> ByShade { get; set; }
        public virtual Dictionary<DateTime, double> ByDate { get; set; }
        public virtual Dictionary<string, Dictionary<string, int>> Deep { get; set; }
        public virtual Dictionary<string, List<int>> Lists { get; set; }
        public virtual IDictionary<string, string> Plain { get; set; }
        public virtual IEnumerable<int> Numbers { get; set; }
        public virtual ICollection<Guid> Keys { get; set; }
        public virtual int[][] Jagged { get; set; }
    }

    [Route("/probe", "GET HEAD OPTIONS")]
    public partial class Probe
        : IReturn<ProbeResponse>
    {
        public virtual int? Wait { get; set; }
    }

    public partial class ProbeResponse
    {
        public virtual bool Alive { get; set; }
    }

    public enum Farbe
    {
        Rot,
        Grün,
        Weiß,
    }

    public partial class Maß
    {
        public virtual int Größe { get; set; }
        public virtual Farbe Farbe { get; set; }
        public virtual Dictionary<string, Maß> 名前 { get; set; }
    }

    [Route("/größen/{Schlüssel}", "GET POST")]
    [Route("/名前/{Schlüssel}", "GET")]
    public partial class GrößeLesen
        : IReturn<GrößeLesenResponse>
    {
        [Validate("NotEmpty")]
        public virtual string Schlüssel { get; set; }
        public virtual int? Größe { get; set; }
        [Validate("GreaterThan(0)")]
        public virtual int Länge { get; set; }
        public virtual List<Farbe> Farben { get; set; }
    }

    public partial class GrößeLesenResponse
    {
        public virtual List<Maß> Maße { get; set; }
        public virtual Umschlag<Maß> Über { get; set; }
        public virtual ResponseStatus ResponseStatus { get; set; }
    }

    public partial class Umschlag<TÄ>
    {
        public virtual TÄ Übriges { get; set; }
        public virtual Dictionary<string, TÄ> Äußeres { get; set; }
    }

    public partial class 数量
        : IReturn<数量>
    {
        public virtual int 数 { get; set; }
        public virtual string 名 { get; set; }
    }

    [Route("/dashes", "GET POST PUT")]
    [DataContract]
    public partial class Dashes
        : IReturn<DashesResponse>
    {
        [DataMember(Name="x-y")]
        [Validate("NotEmpty")]
        public virtual string XY { get; set; }
        [DataMember(Name="größe-2")]
        [Validate("NotEmpty")]
        public virtual string Größe { get; set; }
        [DataMember(Name="$top")]
        public virtual int? Top { get; set; }
    }

    [DataContract]
    public partial class DashesResponse
    {
        [DataMember(Name="x-y")]
        public virtual string XY { get; set; }
        [DataMember]
        public virtual ResponseStatus ResponseStatus { get; set; }
    }

    [Route("/labels", "GET POST")]
    public partial class EchoLabels
        : IReturn<EchoLabels>
    {
        public virtual Dictionary<string, string> Texts { get; set; }
        public virtual Dictionary<string, Guid> Keys { get; set; }
        public virtual Dictionary<string, Contact> Contacts { get; set; }
        public virtual List<Uri> Links { get; set; }
    }

    [Route("/shades/best", "GET")]
    public partial class BestShade
        : IReturn<Shade>, IGet
    {
        public virtual bool? Strict { get; set; }
    }

    [Route("/builds", "GET PUT")]
    public partial class Builds
        : IReturn<BuildsResponse>
    {
        public virtual string constructor { get; set; }
        public virtual int toString { get; set; }
    }

    public partial class BuildsResponse
    {
        public virtual string constructor { get; set; }
        public virtual Dictionary<string, List<Entity>> Groups { get; set; }
        public virtual Box<Box<Entity>> Boxes { get; set; }
        public virtual ResponseStatus ResponseStatus { get; set; }
    }

    public partial class Tick
        : IReturnVoid
    {
        public virtual int Count { get; set; }
    }

    [Route("/items/marked", "POST")]
    public partial class MarkItems
        : IReturn<EmptyResponse>, IPost
    {
        [Validate("NotEmpty")]
        public virtual List<Guid> Keys { get; set; }
        [Validate("NotEmpty")]
        public virtual Dictionary<string, Guid> ByShelf { get; set; }
        public virtual Guid[] Others { get; set; }
    }

    [Route("/stock", "POST PUT GET")]
    public partial class TakeStock
        : IReturn<EmptyResponse>
    {
        [Validate("NotEmpty")]
        public virtual List<Uri> Links { get; set; }
        [Validate("NotEmpty")]
        public virtual List<char> Marks { get; set; }
        [Validate("NotNull")]
        public virtual Dictionary<int, string> ByNumber { get; set; }
        [Validate("NotNull")]
        public virtual Dictionary<Kind, TimeSpan> ByKind { get; set; }
        [Validate("NotNull")]
        public virtual Dictionary<string, Days> Open { get; set; }
        [Validate("NotNull")]
        public virtual KeyValuePair<string, int> Entry { get; set; }
        [Validate("NotNull")]
        public virtual Guid? Owner { get; set; }
        [Validate("LessThan(10)")]
        public virtual byte Few { get; set; }
    }

    [Route("/vaults/{Key}", "GET")]
    public partial class GetVault
        : IReturn<GetVaultResponse>, IGet
    {
        public virtual Guid Key { get; set; }
    }

    public partial class GetVaultResponse
    {
        public virtual string Text { get; set; }
        public virtual ResponseStatus ResponseStatus { get; set; }
    }

    [Route("/alive", "HEAD")]
    public partial class Alive
        : IReturnVoid
    {
    }

    [Route("/orders/{Key}/exists", "HEAD")]
    public partial class Exists
        : IReturn<ProbeResponse>
    {
        public virtual Guid Key { get; set; }
    }

    [Route("/tagged/{Tags}", "GET")]
    public partial class Tagged
        : IReturn<TaggedResponse>, IGet
    {
        public virtual List<string> Tags { get; set; }
    }

    public partial class TaggedResponse
    {
        public virtual Dictionary<DateTimeOffset, long> ByMoment { get; set; }
        public virtual Dictionary<DateTime, List<int>> ByTime { get; set; }
    }

    [Route("/import", "POST")]
    public partial class ImportRaw
        : IReturn<ProbeResponse>, IPost, IRequiresRequestStream
    {
        public virtual string Name { get; set; }
        public virtual Stream RequestStream { get; set; }
    }

    [Route("/webhooks/{Source}", "POST")]
    public partial class Webhook
        : IReturn<HttpWebResponse>, IPost
    {
        public virtual string Source { get; set; }
        public virtual Dictionary<string, object> Payload { get; set; }
    }
}
