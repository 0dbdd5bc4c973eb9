/// Reads back what flowd writes, as strictly as XML 1.0 is meant: elements, attributes and text.
struct StrictXML: Equatable {
    var name: String
    var attributes: [String: String] = [:]
    var children: [StrictXML] = []
    var text = ""

    enum Wrong: Error { case at(Int, String) }

    init(_ name: String, _ attributes: [String: String] = [:], text: String = "", children: [StrictXML] = []) {
        self.name = name
        self.attributes = attributes
        self.children = children
        self.text = text
    }

    init(reading bytes: [UInt8]) throws {
        guard let document = String(validating: bytes, as: UTF8.self) else { throw Wrong.at(0, "no UTF-8") }
        var reader = Reader(scalars: Array(document.unicodeScalars))
        self = try reader.element()
        guard reader.isAtEnd else { throw Wrong.at(reader.index, "something after the root") }
    }

    /// What a document can hold of a text: all but the characters that XML forbids.
    static func holdable(_ text: String) -> String {
        String(String.UnicodeScalarView(text.unicodeScalars.filter(isAllowed)))
    }

    static func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x9, 0xA, 0xD, 0x20...0xD7FF, 0xE000...0xFFFD, 0x10000...0x10FFFF: true
        default: false
        }
    }
}

extension StrictXML {
    private struct Reader {
        let scalars: [Unicode.Scalar]
        var index = 0

        var isAtEnd: Bool { index == scalars.count }

        mutating func element() throws -> StrictXML {
            try expect("<")
            var element = StrictXML(try name())
            while try peek() == " " {
                index += 1
                let attribute = try name()
                try expect("=")
                try expect("\"")
                let value = try value(until: "\"", isAttribute: true)
                try expect("\"")
                guard element.attributes.updateValue(value, forKey: attribute) == nil else {
                    throw Wrong.at(index, "\(attribute) twice")
                }
            }
            if try peek() == "/" {
                index += 1
                try expect(">")
                return element
            }
            try expect(">")
            while true {
                element.text += try value(until: "<", isAttribute: false)
                if index + 1 < scalars.count, scalars[index + 1] == "/" { break }
                element.children.append(try self.element())
            }
            try expect("<")
            try expect("/")
            guard try name() == element.name else { throw Wrong.at(index, "\(element.name) is not closed") }
            try expect(">")
            return element
        }

        private func peek() throws -> Unicode.Scalar {
            guard index < scalars.count else { throw Wrong.at(index, "the end") }
            return scalars[index]
        }

        private mutating func expect(_ scalar: Unicode.Scalar) throws {
            guard try peek() == scalar else { throw Wrong.at(index, "\(scalars[index]) for \(scalar)") }
            index += 1
        }

        private mutating func name() throws -> String {
            var name = ""
            while try peek().isASCII, try peek().properties.isAlphabetic {
                name.unicodeScalars.append(scalars[index])
                index += 1
            }
            guard !name.isEmpty else { throw Wrong.at(index, "no name") }
            return name
        }

        private mutating func value(until end: Unicode.Scalar, isAttribute: Bool) throws -> String {
            var value = String.UnicodeScalarView()
            while try peek() != end {
                let scalar = scalars[index]
                guard StrictXML.isAllowed(scalar), scalar != "<", scalar != ">", scalar != "\"", scalar != "'" else {
                    throw Wrong.at(index, "a raw U+\(String(scalar.value, radix: 16))")
                }
                index += 1
                switch scalar {
                case "&": value.append(try reference())
                // What a parser makes of them (sections 2.11 and 3.3.3).
                case "\t" where isAttribute, "\n" where isAttribute, "\r" where isAttribute: value.append(" ")
                case "\r": value.append("\n")
                default: value.append(scalar)
                }
            }
            return String(value)
        }

        private mutating func reference() throws -> Unicode.Scalar {
            var name = ""
            while try peek() != ";" {
                name.unicodeScalars.append(scalars[index])
                index += 1
            }
            index += 1
            if let named = ["amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'"][name] as Unicode.Scalar? {
                return named
            }
            guard name.hasPrefix("#"), let number = UInt32(name.dropFirst()), let scalar = Unicode.Scalar(number),
                StrictXML.isAllowed(scalar)
            else { throw Wrong.at(index, "&\(name);") }
            return scalar
        }
    }
}
