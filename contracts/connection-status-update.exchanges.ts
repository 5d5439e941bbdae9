import type { DocumentedExchange, FormatName } from '../src/model/contract.ts';

/** The exchange that each format's own metadata page prints, verbatim; placeholders stand as printed. */

const jsonRequest =
  '{"ConnectionId":"00000000-0000-0000-0000-000000000000","ContactId":"00000000-0000-0000-0000-000000000000","ContactTypeId":"00000000-0000-0000-0000-000000000000","RoleId":"00000000-0000-0000-0000-000000000000"}';

const jsonResponse =
  '{"ResponseStatus":{"ErrorCode":"String","Message":"String","StackTrace":"String","Errors":[{"ErrorCode":"String","FieldName":"String","Message":"String","Meta":{"String":"String"}}],"Meta":{"String":"String"}}}';

const xmlRequest = `<ConnectionStatusUpdate xmlns:i="http://www.w3.org/2001/XMLSchema-instance" xmlns="http://schemas.datacontract.org/2004/07/Eros.Subtle.Canvara.WebAPIModel.ServiceModel">
  <ConnectionId>00000000-0000-0000-0000-000000000000</ConnectionId>
  <ContactId>00000000-0000-0000-0000-000000000000</ContactId>
  <ContactTypeId>00000000-0000-0000-0000-000000000000</ContactTypeId>
  <RoleId>00000000-0000-0000-0000-000000000000</RoleId>
</ConnectionStatusUpdate>`;

const xmlResponse = `<ConnectionStatusUpdateResponse xmlns:i="http://www.w3.org/2001/XMLSchema-instance" xmlns="http://schemas.datacontract.org/2004/07/Eros.Subtle.Canvara.WebAPIModel.ServiceModel">
  <ResponseStatus xmlns:d2p1="http://schemas.servicestack.net/types">
    <d2p1:ErrorCode>String</d2p1:ErrorCode>
    <d2p1:Message>String</d2p1:Message>
    <d2p1:StackTrace>String</d2p1:StackTrace>
    <d2p1:Errors>
      <d2p1:ResponseError>
        <d2p1:ErrorCode>String</d2p1:ErrorCode>
        <d2p1:FieldName>String</d2p1:FieldName>
        <d2p1:Message>String</d2p1:Message>
        <d2p1:Meta xmlns:d5p1="http://schemas.microsoft.com/2003/10/Serialization/Arrays">
          <d5p1:KeyValueOfstringstring>
            <d5p1:Key>String</d5p1:Key>
            <d5p1:Value>String</d5p1:Value>
          </d5p1:KeyValueOfstringstring>
        </d2p1:Meta>
      </d2p1:ResponseError>
    </d2p1:Errors>
    <d2p1:Meta xmlns:d3p1="http://schemas.microsoft.com/2003/10/Serialization/Arrays">
      <d3p1:KeyValueOfstringstring>
        <d3p1:Key>String</d3p1:Key>
        <d3p1:Value>String</d3p1:Value>
      </d3p1:KeyValueOfstringstring>
    </d2p1:Meta>
  </ResponseStatus>
</ConnectionStatusUpdateResponse>`;

const jsvRequest = '{\n\t\n}';

const jsvResponse = `{
	ResponseStatus: 
	{
		ErrorCode: String,
		Message: String,
		StackTrace: String,
		Errors: 
		[
			{
				ErrorCode: String,
				FieldName: String,
				Message: String,
				Meta: 
				{
					String: String
				}
			}
		],
		Meta: 
		{
			String: String
		}
	}
}`;

function printed(format: FormatName, mediaType: string, requestBody: string, responseBody: string): DocumentedExchange {
  return {
    format,
    page: `/api/${format}/metadata?op=ConnectionStatusUpdate`,
    request: {
      method: 'POST',
      path: '/api/connections/{ConnectionId}/cancel',
      headers: { Accept: mediaType, 'Content-Type': mediaType },
      body: requestBody,
    },
    response: { status: 200, headers: { 'Content-Type': mediaType }, body: responseBody },
  };
}

export const exchanges: readonly DocumentedExchange[] = [
  printed('json', 'application/json', jsonRequest, jsonResponse),
  printed('xml', 'application/xml', xmlRequest, xmlResponse),
  printed('csv', 'text/csv', jsonRequest, jsonResponse),
  printed('jsv', 'text/jsv', jsvRequest, jsvResponse),
  printed('jsonl', 'text/jsonl', jsonRequest, jsonResponse),
];
