/// Writes a picture as SVG, in the light and in the dark: it needs nothing but a browser.
package enum SVGRenderer {
    package static func render(_ picture: Picture) -> String {
        var page = SVGPage(picture)
        return page.written()
    }
}
