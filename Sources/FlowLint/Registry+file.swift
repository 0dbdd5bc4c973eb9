extension Rules {
    static let fileRules: [any Rule.Type] = [
        UnknownKey.self,
        MissingKey.self,
        DuplicateKey.self,
        WrongType.self,
        UnsupportedSyntax.self,
        UnknownVersion.self,
        OverLimit.self,
        Syntax.self,
    ]
}
