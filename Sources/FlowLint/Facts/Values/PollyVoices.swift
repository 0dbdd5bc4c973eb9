/// Who speaks at Plivo, and in which languages (voice/xml/speak; Amazon Polly's list of voices).
enum PollyVoices {
    private static let prefix = "Polly."

    private static let names: Set<String> = [
        "Aditi", "Amy", "Astrid", "Ayanda", "Bianca", "Brian", "Camila", "Carla", "Carmen", "Celine", "Chantal",
        "Conchita",
        "Cristiano", "Dora", "Emma", "Enrique", "Ewa", "Filiz", "Gabrielle", "Geraint", "Giorgio", "Gwyneth", "Hans",
        "Ines", "Ivy", "Jacek", "Jan", "Joanna", "Joey", "Justin", "Karl", "Kendra", "Kevin", "Kimberly", "Lea", "Liv",
        "Lotte", "Lucia", "Lupe", "Mads", "Maja", "Marlene", "Mathieu", "Matthew", "Maxim", "Mia", "Miguel", "Mizuki",
        "Naja", "Nicole", "Olivia", "Penelope", "Raveena", "Ricardo", "Ruben", "Russell", "Salli", "Seoyeon", "Takumi",
        "Tatyana", "Vicki", "Vitoria", "Zeina", "Zhiyu",
    ]

    private static let plain: Set<String> = [
        "da-DK", "nl-NL", "en-AU", "en-GB", "en-US", "fr-FR", "fr-CA", "de-DE", "it-IT", "pl-PL", "pt-PT", "pt-BR",
        "ru-RU",
        "es-ES", "es-US", "sv-SE",
    ]

    private static let pollyOnly: Set<String> = [
        "arb", "ar-AE", "ca-ES", "cmn-CN", "cy-GB", "de-AT", "en-GB-WLS", "en-IN", "en-NZ", "en-ZA", "es-MX", "hi-IN",
        "is-IS",
        "ja-JP", "ko-KR", "nb-NO", "ro-RO", "tr-TR",
    ]

    static func isPolly(_ voice: String) -> Bool { voice.hasPrefix(prefix) }

    /// Whether it is `WOMAN`, `MAN` or a voice of Polly's, with `-Neural` behind it or not.
    static func knows(voice: String) -> Bool {
        if voice == "WOMAN" || voice == "MAN" { return true }
        guard isPolly(voice) else { return false }
        return names.contains(String(voice.dropFirst(prefix.count).prefix { $0 != "-" }))
    }

    /// The voice that was meant by one in other letters, or without `Polly.`; nil where none comes to mind.
    static func voice(meantBy text: String) -> String? {
        let plain = text.uppercased()
        if plain == "WOMAN" || plain == "MAN" { return plain }
        let name = plain.hasPrefix("POLLY.") ? String(plain.dropFirst(prefix.count)) : plain
        return names.first { $0.uppercased() == name }.map { prefix + $0 }
    }

    /// - Parameter ofPolly: whether one of Polly's voices may speak it.
    static func knows(language: String, ofPolly: Bool) -> Bool {
        plain.contains(language) || ofPolly && pollyOnly.contains(language)
    }
}
