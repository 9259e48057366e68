"""The naked body: base mesh, rig, morphs, and the surfaces that garments are cut from."""
