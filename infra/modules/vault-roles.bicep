param vaultName string

@description('Who gets what, and why: objects with principalId, role and reason.')
param grants array

var roles = loadJsonContent('../role-definitions.json')

resource vault 'Microsoft.KeyVault/vaults@2023-07-01' existing = {
  name: vaultName
}

resource assignments 'Microsoft.Authorization/roleAssignments@2022-04-01' = [for grant in grants: {
  name: guid(vault.id, grant.principalId, grant.role)
  scope: vault
  properties: {
    principalId: grant.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles[grant.role])
    description: grant.reason
  }
}]
