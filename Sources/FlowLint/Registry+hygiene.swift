extension Rules {
    static let hygieneRules: [any Rule.Type] = [
        UnusedSilence.self,
        BadName.self,
    ]
}
