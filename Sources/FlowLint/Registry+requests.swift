extension Rules {
    static let requestRules: [any Rule.Type] = [
        BadURL.self,
        BodyWithGET.self,
        CallerSilence.self,
        RetryWithoutEffect.self,
        ReservedHeader.self,
        LargeBody.self,
        UnevenHost.self,
    ]
}
