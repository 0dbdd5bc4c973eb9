"""An app server: prints every report that flowd sends, and answers 200."""
import http.server
import urllib.parse


class Reports(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
        print(self.path, self.headers["webhook-id"], flush=True)
        for key, value in urllib.parse.parse_qsl(body, keep_blank_values=True):
            print(f"  {key}: {value}", flush=True)
        self.send_response(200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_):
        pass


print("waiting for reports on http://127.0.0.1:5000", flush=True)
http.server.ThreadingHTTPServer(("127.0.0.1", 5000), Reports).serve_forever()
