extension Rules {
    static let securityRules: [any Rule.Type] = [
        TemplatedHost.self,
        TemplatedPath.self,
        HeaderLineBreak.self,
        Unencrypted.self,
        PlainSecret.self,
        ExposedSecret.self,
        DisguisedAddress.self,
        IndirectData.self,
        PersonalDataInURL.self,
        MissingSecret.self,
    ]
}
