extension Rules {
    static let telephonyRules: [any Rule.Type] = []
}
