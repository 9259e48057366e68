param registryName string

@description('Who gets what, and why: objects with principalId, role and reason.')
param grants array

var roles = loadJsonContent('../role-definitions.json')

resource registry 'Microsoft.ContainerRegistry/registries@2023-07-01' existing = {
  name: registryName
}

resource assignments 'Microsoft.Authorization/roleAssignments@2022-04-01' = [for grant in grants: {
  name: guid(registry.id, grant.principalId, grant.role)
  scope: registry
  properties: {
    principalId: grant.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles[grant.role])
    description: grant.reason
  }
}]
