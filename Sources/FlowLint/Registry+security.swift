extension Rules {
    static let securityRules: [any Rule.Type] = []
}
