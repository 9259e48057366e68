param accountName string

@description('Who gets what, and why: objects with principalId, role and reason.')
param grants array

var roles = loadJsonContent('../role-definitions.json')

resource account 'Microsoft.Storage/storageAccounts@2023-05-01' existing = {
  name: accountName
}

resource assignments 'Microsoft.Authorization/roleAssignments@2022-04-01' = [for grant in grants: {
  name: guid(account.id, grant.principalId, grant.role)
  scope: account
  properties: {
    principalId: grant.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles[grant.role])
    description: grant.reason
  }
}]
