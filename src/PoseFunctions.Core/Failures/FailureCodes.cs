namespace PoseFunctions.Core.Failures;

/// <summary>Every stable failure code: the same in job records, in problem details and in the documentation.</summary>
public static class FailureCodes
{
    /// <summary>The bytes are no JPEG, PNG, WebP or AVIF.</summary>
    public const string ImageFormatUnsupported = "image_format_unsupported";

    /// <summary>The file ends early or its content is damaged.</summary>
    public const string ImageUnreadable = "image_unreadable";

    /// <summary>The file has more bytes than allowed.</summary>
    public const string ImageTooManyBytes = "image_too_many_bytes";

    /// <summary>The picture has more pixels than allowed; found from the header.</summary>
    public const string ImageTooManyPixels = "image_too_many_pixels";

    /// <summary>The picture is too small to hold a person that can be parsed.</summary>
    public const string ImageTooSmall = "image_too_small";

    /// <summary>The file holds an animation or several pictures.</summary>
    public const string ImageNotSingleFrame = "image_not_single_frame";

    /// <summary>The picture's colours, such as those of HDR, cannot be brought to sRGB.</summary>
    public const string ImageColourUnsupported = "image_colour_unsupported";

    /// <summary>No person was found.</summary>
    public const string PersonMissing = "person_missing";

    /// <summary>A person was found, but too few of the joints that a transfer needs.</summary>
    public const string PersonIncomplete = "person_incomplete";

    /// <summary>Joints were found, but with less confidence than required.</summary>
    public const string PersonUncertain = "person_uncertain";

    /// <summary>Several people of like size are in the photo, where the request expects only one.</summary>
    public const string PersonAmbiguous = "person_ambiguous";

    /// <summary>The request is no valid JSON or violates the schema.</summary>
    public const string RequestInvalid = "request_invalid";

    /// <summary>The request body has more bytes than allowed.</summary>
    public const string RequestTooLarge = "request_too_large";

    /// <summary>The request body has a media type that is not read here.</summary>
    public const string MediaTypeUnsupported = "media_type_unsupported";

    /// <summary>The tenant name is not allowed.</summary>
    public const string TenantInvalid = "tenant_invalid";

    /// <summary>The named generator is not installed.</summary>
    public const string GeneratorUnknown = "generator_unknown";

    /// <summary>The generator cannot do what is asked for: its manifest says what it needs and can do.</summary>
    public const string GeneratorUnsuitable = "generator_unsuitable";

    /// <summary>The installed model is not the one that the request insists on.</summary>
    public const string ModelChanged = "model_changed";

    /// <summary>The named pose is not in the library.</summary>
    public const string PoseUnknown = "pose_unknown";

    /// <summary>A target pose lies outside the photo, so that nobody would be in the picture.</summary>
    public const string PoseOutside = "pose_outside";

    /// <summary>The photo shows less of what a target pose needs than the request allows.</summary>
    public const string CoverageTooLow = "coverage_too_low";

    /// <summary>A photo that a target pose should be taken from does not exist.</summary>
    public const string PosePhotoMissing = "pose_photo_missing";

    /// <summary>The photo whose scene the person shall be put into does not exist, or was replaced.</summary>
    public const string ScenePhotoMissing = "scene_photo_missing";

    /// <summary>A further photo of the person does not exist, or was replaced.</summary>
    public const string SourcePhotoMissing = "source_photo_missing";

    /// <summary>A pose shows legs that no photo of the person does, and nothing was said about inventing them.</summary>
    public const string LimbsUnseen = "limbs_unseen";

    /// <summary>The deadline passed before a worker could start.</summary>
    public const string DeadlinePassed = "deadline_passed";

    /// <summary>Every permitted attempt failed.</summary>
    public const string AttemptsExhausted = "attempts_exhausted";

    /// <summary>The generator failed on this input.</summary>
    public const string GenerationFailed = "generation_failed";

    /// <summary>The uploaded photo was deleted before it could be used.</summary>
    public const string PhotoMissing = "photo_missing";

    /// <summary>No such job, for this caller.</summary>
    public const string JobUnknown = "job_unknown";

    /// <summary>No such result, or not yet.</summary>
    public const string ResultUnknown = "result_unknown";

    /// <summary>The job is in a state that does not allow this.</summary>
    public const string JobStateConflict = "job_state_conflict";

    /// <summary>The idempotency key belongs to another request.</summary>
    public const string IdempotencyKeyReused = "idempotency_key_reused";

    /// <summary>A service that this one depends on is not answering; try again.</summary>
    public const string Unavailable = "unavailable";

    /// <summary>A fault of this service.</summary>
    public const string Internal = "internal";
}
