#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""systemd_peer.py SOCKET LOG [--refuse NAME TEXT] [--cgroup DIR]: answers like the system bus.

It speaks the D-Bus handshake, understands the calls of runtimes to systemd, and writes each
call with its arguments to LOG as a line of JSON: what a test expects comes from there. With
--refuse StartTransientUnit is answered with that error; with --cgroup the processes of a
scope are moved to DIR/slice/scope, as systemd does it.
"""
import argparse
import json
import os
import socket
import struct
import threading

CALL, RETURN, ERROR, SIGNAL = 1, 2, 3, 4
PATH, INTERFACE, MEMBER, ERROR_NAME, REPLY_SERIAL, DESTINATION, SENDER, SIGNATURE = range(1, 9)
FIXED = {"y": "B", "b": "I", "n": "h", "q": "H", "i": "i", "u": "I", "x": "q", "t": "Q",
         "d": "d", "h": "I"}
ALIGN = {"y": 1, "g": 1, "v": 1, "n": 2, "q": 2, "x": 8, "t": 8, "d": 8, "(": 8, "{": 8}


def split(signature):
    """The first complete type of a signature, and the rest."""
    end = 1
    if signature[0] == "a":
        end = 1 + len(split(signature[1:])[0])
    elif signature[0] in "({":
        depth = 1
        while depth:
            depth += {"(": 1, "{": 1, ")": -1, "}": -1}.get(signature[end], 0)
            end += 1
    return signature[:end], signature[end:]


class Reader:
    def __init__(self, data, order):
        self.data, self.order, self.at = data, order, 0

    def pad(self, to):
        self.at = (self.at + to - 1) // to * to

    def fixed(self, code):
        size = struct.calcsize("=" + FIXED[code])
        self.pad(size)
        value, = struct.unpack_from(self.order + FIXED[code], self.data, self.at)
        self.at += size
        return value

    def text(self, length):
        value = self.data[self.at:self.at + length].decode("utf-8", "replace")
        self.at += length + 1
        return value

    def array(self, item):
        length = self.fixed("u")
        self.pad(ALIGN.get(item[0], 4))
        end, values = self.at + length, []
        while self.at < end:
            values.append(self.value(item))
        return values

    def value(self, signature):
        code = signature[0]
        if code in "so":
            return self.text(self.fixed("u"))
        if code == "g":
            return self.text(self.fixed("y"))
        if code == "v":
            return self.value(self.value("g"))
        if code == "a":
            return self.array(signature[1:])
        if code in "({":
            self.pad(8)
            return self.values(signature[1:-1])
        return self.fixed(code)

    def values(self, signature):
        values = []
        while signature:
            one, signature = split(signature)
            values.append(self.value(one))
        return values


class Writer:
    def __init__(self):
        self.data = bytearray()

    def pad(self, to):
        self.data += bytes(-len(self.data) % to)

    def value(self, signature, value):
        code = signature[0]
        self.pad(ALIGN.get(code, 4))
        if code in "so":
            raw = value.encode()
            self.data += struct.pack("<I", len(raw)) + raw + b"\0"
        elif code == "g":
            self.data += bytes([len(value)]) + value.encode() + b"\0"
        elif code == "v":
            self.value("g", value[0])
            self.value(value[0], value[1])
        else:
            self.data += struct.pack("<" + FIXED[code], value)

    def message(self, kind, serial, fields, signature="", body=()):
        """A whole message; fields are (code, signature, value)."""
        content, header = Writer(), Writer()
        for one, value in zip(signature, body):
            content.value(one, value)
        if signature:
            fields = fields + [(SIGNATURE, "g", signature)]
        for code, one, value in fields:
            header.pad(8)
            header.value("y", code)
            header.value("v", (one, value))
        self.data = bytearray(struct.pack("<BBBBIII", ord("l"), kind, 0, 1, len(content.data),
                                          serial, len(header.data))) + header.data
        self.pad(8)
        return bytes(self.data + content.data)


def receive(conn, size):
    data = b""
    while len(data) < size:
        more = conn.recv(size - len(data))
        if not more:
            raise EOFError
        data += more
    return data


def receive_message(conn):
    head = receive(conn, 16)
    order = "<" if head[:1] == b"l" else ">"
    length, serial, fields_length = struct.unpack_from(order + "III", head, 4)
    padded = (fields_length + 7) // 8 * 8
    rest = receive(conn, padded + length)
    header = Reader(head + rest[:padded], order)
    header.at = 12
    fields = {code: value for code, value in header.value("a(yv)")}
    body = Reader(rest[padded:], order).values(fields.get(SIGNATURE, ""))
    return head[1], serial, fields, body


def shake_hands(conn):
    lines = conn.makefile("rb", buffering=0)
    if lines.read(1) != b"\0":
        raise EOFError
    while True:
        line = lines.readline().strip()
        if line.startswith(b"AUTH EXTERNAL") and len(line.split()) == 3 or line == b"DATA":
            conn.sendall(b"OK 0123456789abcdef0123456789abcdef\r\n")
        elif line == b"AUTH EXTERNAL":
            conn.sendall(b"DATA\r\n")
        elif line == b"NEGOTIATE_UNIX_FD":
            conn.sendall(b"AGREE_UNIX_FD\r\n")
        elif line == b"BEGIN":
            return
        elif line.startswith(b"AUTH"):
            conn.sendall(b"REJECTED EXTERNAL\r\n")
        else:
            raise EOFError


class Peer:
    def __init__(self, options):
        self.options, self.serial, self.listeners = options, 0, set()
        self.log = open(options.log, "a", encoding="utf-8", buffering=1)

    def send(self, conn, kind, fields, signature="", body=()):
        self.serial += 1
        conn.sendall(Writer().message(kind, self.serial, fields, signature, body))

    def move(self, unit, properties):
        known = dict((name, value) for name, value in properties)
        for root in self.options.cgroup or ():
            scope = os.path.join(root, known.get("Slice", "system.slice"), unit)
            os.makedirs(scope, exist_ok=True)
            for pid in known.get("PIDs", ()):
                with open(os.path.join(scope, "cgroup.procs"), "w", encoding="ascii") as file:
                    file.write(str(pid))

    def answer(self, conn, serial, member, body):
        reply = [(REPLY_SERIAL, "u", serial)]
        if member == "StartTransientUnit" and self.options.refuse:
            name, text = self.options.refuse
            self.send(conn, ERROR, reply + [(ERROR_NAME, "s", name)], "s", [text])
        elif member in ("StartTransientUnit", "StopUnit"):
            job = "/org/freedesktop/systemd1/job/%d" % serial
            if member == "StartTransientUnit":
                self.move(body[0], body[2])
            self.send(conn, RETURN, reply, "o", [job])
            self.tell(job, serial, body[0])
        elif member == "Hello":
            self.send(conn, RETURN, reply, "s", [":1.42"])
        elif member == "Get":
            self.send(conn, RETURN, reply, "v", [("s", "252")])
        else:
            if member in ("AddMatch", "Subscribe"):
                self.listeners.add(conn)
            self.send(conn, RETURN, reply)

    def tell(self, job, serial, unit):
        """The job is done: whoever has asked for signals learns it."""
        for conn in self.listeners:
            self.send(conn, SIGNAL, [(PATH, "o", "/org/freedesktop/systemd1"),
                                     (INTERFACE, "s", "org.freedesktop.systemd1.Manager"),
                                     (MEMBER, "s", "JobRemoved"),
                                     (SENDER, "s", "org.freedesktop.systemd1")],
                      "uoss", [serial, job, unit, "done"])

    def serve(self, conn):
        try:
            shake_hands(conn)
            while True:
                kind, serial, fields, body = receive_message(conn)
                if kind != CALL:
                    continue
                member = fields.get(MEMBER, "")
                self.log.write(json.dumps({"serial": serial, "member": member,
                                           "interface": fields.get(INTERFACE),
                                           "path": fields.get(PATH), "body": body}) + "\n")
                self.answer(conn, serial, member, body)
        except (EOFError, OSError):
            self.listeners.discard(conn)
            conn.close()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("socket")
    parser.add_argument("log")
    parser.add_argument("--refuse", nargs=2)
    parser.add_argument("--cgroup", action="append")
    options = parser.parse_args()
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(options.socket)
    os.chmod(options.socket, 0o666)
    listener.listen()
    peer = Peer(options)
    while True:
        threading.Thread(target=peer.serve, args=(listener.accept()[0],), daemon=True).start()


main()
