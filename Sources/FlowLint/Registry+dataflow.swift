extension Rules {
    static let dataFlowRules: [any Rule.Type] = [
        UnknownValue.self,
        MaybeUnset.self,
        NeverSet.self,
        AlwaysEmpty.self,
        PreviousTurn.self,
        SelfReference.self,
        MalformedTemplate.self,
        TypeMismatch.self,
        TemplateNotAllowed.self,
        MistypedParameter.self,
        PastedJSON.self,
        RepeatedParameter.self,
        NeedlessWait.self,
    ]
}
