"""The forms of attack that several tests share: addresses that must never be connected to, and how they are written."""

#: Addresses of the public internet.
PUBLIC = ["93.184.215.14", "1.1.1.1", "192.31.196.1", "223.255.255.254", "2606:2800:21f::14", "2a00:1450:4001::1", "2001:4860:4860::8888"]

#: One or more addresses of every network that is not the public internet, or that leads into another one.
PRIVATE = [
    "0.0.0.0", "0.1.2.3", "10.0.0.1", "100.64.0.1", "100.127.255.254", "127.0.0.1", "127.255.255.254", "169.254.169.254", "172.16.0.1",
    "172.31.255.254", "192.0.0.1", "192.0.0.9", "192.0.0.170", "192.0.2.1", "192.88.99.1", "192.168.1.1", "198.18.0.1", "198.19.255.254",
    "198.51.100.1", "203.0.113.1", "224.0.0.1", "239.255.255.250", "240.0.0.1", "255.255.255.255",
    "::", "::1", "::127.0.0.1", "::93.184.215.14", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:169.254.169.254", "::ffff:0:127.0.0.1",
    "64:ff9b::127.0.0.1", "64:ff9b::93.184.215.14", "64:ff9b:1::10.0.0.1", "100::1", "2001::1", "2001:0:7f00:1::1", "2001:20::1",
    "2001:db8::1", "2002:7f00:1::", "2002:5db8:d70e::1", "3fff::1", "5f00::1", "fc00::1", "fd00:ec2::254", "fe80::1", "fec0::1",
    "ff02::1", "4000::1",
]  # fmt: skip

#: Addresses that are written plainly, so that only the network speaks against them.
PRIVATE_LITERALS = [f"http://[{address}]/" if ":" in address else f"http://{address}/" for address in PRIVATE]

#: Names that a resolver leads to this machine; in these tests every name that is not known does.
NAMES = [
    "http://localhost.localdomain/", "http://news.example/", "https://news.example:443/", "http://127.0.0.1.nip.example/",
    "http://metadata.google.internal/computeMetadata/v1/", "http://printer.local./", "http://sub.localhost/", "http://xn--mnster-3ya.example/",
    "http://ⓝews.example/", "http://news。example/", "http://127.0.0.1.:80/", "http://１２７.0.0.1/", "http://127。0。0。1/",
    "http://⑯⑨.254.169.254/", "http://①②⑦.0.0.1/", "http://127．0．0．1/", "http://1٢7.example/",
]  # fmt: skip

#: Forms that are refused as they stand: two readers might take them for two hosts.
ODD_FORMS = [
    # Numbers that resolvers take for addresses.
    "http://2130706433/", "http://017700000001/", "http://0x7f000001/", "http://0x7f.1/", "http://127.1/", "http://127.0.1/", "http://0/",
    "http://0x0/", "http://0177.0.0.1/", "http://127.0.0.0x1/", "http://127.0.0.01/", "http://00127.0.0.1/", "http://127.0.0.1.1/",
    "http://4294967296/", "http://news.0x7f/", "http://news.example.1/", "http://٠/", "http://127.0.0.٠١/", "http://127.0.0.256/",
    # Names without a dot, empty hosts and labels.
    "http://localhost/", "http://localhost./", "http://LOCALHOST/", "http://ⓛocalhost/", "http://loc\u00adalhost/", "http://intranet/",
    "http:///", "http:///etc/passwd", "http://./", "http://../", "http://.news.example/", "http://news..example/", "http://:80/", "http://?x",
    "http://news.example../", "http://-news.example/", f"http://{'a' * 64}.example/", f"http://{'a.' * 200}example/",
    # A host behind another one.
    "http://good@127.0.0.1/", "http://good:secret@127.0.0.1/", "http://news.example@127.0.0.1/", "http://@127.0.0.1/", "http://@/",
    "http://127.0.0.1:80@news.example/", "http://news.example%40127.0.0.1/", "http://news.example\\@127.0.0.1/", "http:\\\\127.0.0.1\\",
    "http://127.0.0.1\\.news.example/", "http://news.example\\", "http:/\\127.0.0.1/", "http://127.0.0.1 .news.example/",
    # Characters that some readers drop.
    "http://127.0.\t0.1/", "http://127.0.0.1\n/", "ht\ntp://127.0.0.1/", " http://127.0.0.1/", "http://127.0.0.1/\r\nHost: x", "http://\x00127.0.0.1/",
    "http://news.example/\x7f", "http://news.example/\u2028", "http://news\u200b.example\u200b/", "http://127.0.0.1\u3000/",
    # Hosts in percent signs, zones, brackets that are none.
    "http://%31%32%37.0.0.1/", "http://127.0.0.1%2f/", "http://127%2e0%2e0%2e1/", "http://news.example%00/", "http://[fe80::1%25eth0]/",
    "http://[fe80::1%eth0]/", "http://[::1/", "http://::1/", "http://[127.0.0.1]/", "http://[v1.fe80]/", "http://[::1].news.example/",
    "http://[::ffff:7f00:1]x/", "http://[]/", "http://[::1]@news.example/", "http://{127.0.0.1}/", "http://<127.0.0.1>/", "http://news.example,127.0.0.1/",
    # Ports.
    "http://news.example:22/", "http://127.0.0.1:8080/", "http://news.example:0/", "http://news.example:-80/", "http://news.example:80:80/",
    "http://news.example:８０/", "http://news.example:99999/", "http://news.example:+80/", "https://news.example:8443/", "http://[::1]:6379/",
    # Other schemes, and none.
    "file:///etc/passwd", "file://localhost/etc/passwd", "gopher://127.0.0.1:6379/_INFO", "ftp://127.0.0.1/", "data:text/html,hello",
    "jar:http://127.0.0.1!/", "dict://127.0.0.1:11211/", "ldap://127.0.0.1/", "javascript:alert(1)", "unix:/var/run/docker.sock",
    "ws://127.0.0.1/", "//127.0.0.1/", "127.0.0.1", "news.example/a", "", "http:127.0.0.1", "http", "view-source:http://127.0.0.1/",
    "feed://127.0.0.1/", "httpx://127.0.0.1/", "ｈttp://127.0.0.1/", "http:127.0.0.1/", "blob:http://127.0.0.1/x",
    "http://news.example/" + "a" * 2000,
]  # fmt: skip
