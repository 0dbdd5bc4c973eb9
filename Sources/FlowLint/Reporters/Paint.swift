/// Puts the colours of a terminal around a text, or leaves it as it is.
struct Paint {
    enum Color: String {
        case bold = "1"
        case red = "1;31"
        case green = "32"
        case yellow = "1;33"
        case blue = "34"
        case cyan = "1;36"
    }

    let isOn: Bool

    func callAsFunction(_ color: Color, _ text: String) -> String {
        isOn && !text.isEmpty ? "\u{1B}[\(color.rawValue)m\(text)\u{1B}[0m" : text
    }
}
