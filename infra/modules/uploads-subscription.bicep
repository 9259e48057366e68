param topicName string
param accountId string
param deadLetterContainer string
param workerHost string

@description('The system key blobs_extension of the worker.')
@secure()
param extensionKey string

resource topic 'Microsoft.EventGrid/systemTopics@2025-02-15' existing = {
  name: topicName
}

// The events are hints: what is not delivered within a day is kept for people to look at, and the sweep finds the photo.
resource subscription 'Microsoft.EventGrid/systemTopics/eventSubscriptions@2025-02-15' = {
  parent: topic
  name: 'uploads'
  properties: {
    eventDeliverySchema: 'EventGridSchema'
    destination: {
      endpointType: 'WebHook'
      properties: {
        // The linter does not see that the secret in it comes from a secure parameter.
        #disable-next-line use-secure-value-for-secure-inputs
        endpointUrl: 'https://${workerHost}/runtime/webhooks/blobs?functionName=Host.Functions.ParseUpload&code=${extensionKey}'
        maxEventsPerBatch: 1
        preferredBatchSizeInKilobytes: 64
      }
    }
    filter: {
      includedEventTypes: ['Microsoft.Storage.BlobCreated']
      subjectBeginsWith: '/blobServices/default/containers/uploads/'
      isSubjectCaseSensitive: true
    }
    retryPolicy: {
      maxDeliveryAttempts: 30
      eventTimeToLiveInMinutes: 1440
    }
    deadLetterWithResourceIdentity: {
      identity: {
        type: 'SystemAssigned'
      }
      deadLetterDestination: {
        endpointType: 'StorageBlob'
        properties: {
          resourceId: accountId
          blobContainerName: deadLetterContainer
        }
      }
    }
  }
}

output name string = subscription.name
