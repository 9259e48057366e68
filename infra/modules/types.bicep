// What templates pass to each other, so that the compiler checks it.

type role = 'AcrPull' | 'Key Vault Secrets Officer' | 'Storage Blob Data Contributor' | 'Storage Blob Data Owner' | 'Storage Blob Delegator' | 'Storage Queue Data Contributor'

@export()
@description('The ids that Azure gives its roles.')
var roleIds = {
  AcrPull: '7f951dda-4ed3-4680-a7ca-43fe172d538d'
  'Key Vault Secrets Officer': 'b86a8fe4-44ce-4948-aee5-eccb2c155cd7'
  'Storage Blob Data Contributor': 'ba92f5b4-2d11-453d-a403-e96b0029c9fe'
  'Storage Blob Data Owner': 'b7e6dc6d-f1e8-4753-8033-0f276bb0955b'
  'Storage Blob Delegator': 'db58b8e5-c6ad-4a2a-8342-4190687cbf4a'
  'Storage Queue Data Contributor': '974c5e8b-45b9-4653-ba55-5f855dd0fb88'
}

@export()
@sealed()
@description('Who may do what on one resource, and why.')
type grant = {
  principalId: string
  role: role
  @minLength(20)
  reason: string
}

@export()
@sealed()
@description('How many days after the last change a container\'s blobs are deleted.')
type retentionRule = {
  container: string
  @minValue(1)
  days: int
}
