param name string
param location string
param tags { *: string }

resource network 'Microsoft.Network/virtualNetworks@2023-09-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    addressSpace: {
      addressPrefixes: ['10.40.0.0/16']
    }
    subnets: [
      {
        name: 'apps'
        properties: {
          // One address for every replica on a GPU.
          addressPrefix: '10.40.0.0/23'
          delegations: [
            {
              name: 'container-apps'
              properties: {
                serviceName: 'Microsoft.App/environments'
              }
            }
          ]
        }
      }
      {
        name: 'endpoints'
        properties: {
          addressPrefix: '10.40.2.0/24'
        }
      }
    ]
  }
}

output id string = network.id
output appsSubnetId string = '${network.id}/subnets/apps'
output endpointsSubnetId string = '${network.id}/subnets/endpoints'
