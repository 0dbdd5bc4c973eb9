extension Rules {
    static let requestRules: [any Rule.Type] = []
}
