"""WebSocket and JSON as the standards allow them and hardly anybody writes them."""

import base64
import hashlib
import struct

TEXT, BINARY, CLOSE, PING, PONG = 1, 2, 8, 9, 10


def accept_key(key):
    return base64.b64encode(hashlib.sha1((key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").encode()).digest()).decode()


def frame(opcode, payload, final=True, reserved=0, masked=False):
    """One WebSocket frame of a server."""
    head = bytes([(0x80 if final else 0) | reserved | opcode])
    mask_bit = 0x80 if masked else 0
    if len(payload) < 126:
        head += bytes([mask_bit | len(payload)])
    elif len(payload) < 65536:
        head += bytes([mask_bit | 126]) + struct.pack(">H", len(payload))
    else:
        head += bytes([mask_bit | 127]) + struct.pack(">Q", len(payload))
    return head + (b"\0\0\0\0" if masked else b"") + payload


async def read_frame(reader):
    """(opcode, payload) of the next frame of a client, which must be masked and whole."""
    head = await reader.readexactly(2)
    opcode, length = head[0] & 15, head[1] & 127
    if not head[1] & 0x80:
        raise ValueError("a client's frame is not masked")
    if length == 126:
        length = struct.unpack(">H", await reader.readexactly(2))[0]
    elif length == 127:
        length = struct.unpack(">Q", await reader.readexactly(8))[0]
    if length > 1 << 20:
        raise ValueError("a client's frame of %d bytes" % length)
    mask = await reader.readexactly(4)
    payload = await reader.readexactly(length)
    return opcode, bytes(b ^ mask[i & 3] for i, b in enumerate(payload))


class Raw(str):
    """A number that is written without quotes, digit by digit as given."""


class Writer:
    """Writes JSON in a form chosen anew each time: order of keys, white space, escapes, unknown fields."""

    def __init__(self, random):
        self.random = random

    def write(self, value, wild=0.3):
        if self.random.random() >= wild:
            self.space = self.escape = self.extra = 0
            self.shuffle = self.random.random() < 0.3
        else:
            self.space, self.escape, self.extra = (self.random.choice((0, 0.1, 0.6)) for _ in range(3))
            self.shuffle = True
        return self._value(value, True)

    def _value(self, value, top=False):
        if isinstance(value, Raw):
            return str(value)
        if isinstance(value, bool):
            return "true" if value else "false"
        if value is None:
            return "null"
        if isinstance(value, int):
            return str(value)
        if isinstance(value, str):
            return self._string(value)
        if isinstance(value, (list, tuple)):
            return "[" + self._join([self._value(each) for each in value]) + "]"
        items = list(value.items())
        if self.shuffle:
            self.random.shuffle(items)
        if self.random.random() < self.extra:
            items.insert(self.random.randrange(len(items) + 1), ("x" + str(self.random.randrange(9)), self._unknown()))
        return "{" + self._join([self._string(k) + self._gap() + ":" + self._gap() + self._value(v) for k, v in items]) + "}"

    def _unknown(self):
        return self.random.choice(
            (None, True, 1, "text", [], {}, [[["u", 1]]], {"b": [["1", "2"]], "u": 1, "topic": "orderbook.50.BTCUSDT"}, Raw("-1.5e-7"), "\u20bf\U0001f600")
        )

    def _join(self, parts):
        return self._gap() + ("," + self._gap()).join(parts) + self._gap() if parts else self._gap()

    def _gap(self):
        return self.random.choice((" ", "\n", "\t ", "\r\n")) if self.space and self.random.random() < self.space else ""

    def _string(self, text):
        out = []
        for c in text:
            if ord(c) < 128 and self.escape and self.random.random() < self.escape / 3:
                out.append("\\u%04x" % ord(c))
            elif c == "/" and self.escape:
                out.append("\\/")
            elif c in '"\\' or ord(c) < 32:
                out.append("\\u%04x" % ord(c))
            else:
                out.append(c)
        return '"' + "".join(out) + '"'


class Decimals:
    """Writes a fixed-point number in any form that means the same."""

    def __init__(self, random):
        self.random = random

    def text(self, units, digits, style):
        """
        units: the number times 10^digits; style: "padded", "trimmed", "exponent" or "number"
        """
        plain = self._plain(units, digits)
        trimmed = plain.rstrip("0").rstrip(".") if "." in plain else plain
        if style == "padded":
            return plain
        if style == "trimmed":
            return trimmed
        if style == "number":
            return Raw(self.random.choice((plain, trimmed)))
        if units == 0:
            return self.random.choice(("0", "0.000", "0e0", "0.0E+2"))
        figures = str(units)
        exponent = len(figures) - 1 - digits
        return figures[0] + ("." + figures[1:] if len(figures) > 1 else "") + self.random.choice("eE") + self.random.choice(("", "+") if exponent >= 0 else ("",)) + str(exponent)

    @staticmethod
    def _plain(units, digits):
        if digits == 0:
            return str(units)
        figures = str(units).rjust(digits + 1, "0")
        return figures[:-digits] + "." + figures[-digits:]
