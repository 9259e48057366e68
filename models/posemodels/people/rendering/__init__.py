"""Pictures of posed people: camera, light, shaders, surface codes and correspondences."""
