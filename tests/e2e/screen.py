# SPDX-License-Identifier: MIT
"""screen.py WORD TIMEOUT COMMAND…: runs COMMAND at a terminal of 100 columns, types a line as
soon as WORD is on the screen (or the seconds are over), and prints JSON: whether it came, the
screen with it, the screen at the end, the exit status. The terminal is real (pty), what is on
it is worked out here: text, CR, LF, saving the cursor, moving in the line, clearing its rest."""
import fcntl, json, os, pty, re, select, struct, sys, termios, time

WIDE, HIGH = 100, 40
STEP = re.compile(r"\x1b7|\x1b8|\x1b\[([\d;]*)([GKm])|\r|\n|\x08|[^\x1b\r\n\x08]+")


class Screen:
    def __init__(self):
        self.lines, self.x, self.saved, self.rest = [""], 0, (0, 0), ""
        self.y = 0

    def put(self, text):
        line = self.lines[self.y].ljust(self.x)
        self.lines[self.y] = line[: self.x] + text + line[self.x + len(text) :]
        self.x += len(text)

    def take(self, text):
        text, at = self.rest + text, 0
        while match := STEP.match(text, at):
            at = match.end()
            what = match[0]
            if what == "\x1b7":
                self.saved = (self.x, self.y)
            elif what == "\x1b8":
                self.x, self.y = self.saved
            elif what == "\r":
                self.x = 0
            elif what == "\n":
                self.y += 1
                if self.y == len(self.lines):
                    self.lines.append("")
            elif match[2] == "G":
                self.x = int(match[1]) - 1
            elif match[2] == "K":
                self.lines[self.y] = self.lines[self.y][: self.x]
            elif not what.startswith("\x1b") and what != "\x08":
                self.put(what)
        self.rest = text[at:]
        if len(self.rest) > 16:
            sys.exit("not understood: " + ascii(self.rest))

    def text(self):
        return "\n".join(line.rstrip() for line in self.lines)


word, limit, command = sys.argv[1], float(sys.argv[2]), sys.argv[3:]
pid, terminal = pty.fork()
if not pid:
    os.environ["TERM"] = "xterm"
    os.execvp(command[0], command)
attributes = termios.tcgetattr(terminal)
attributes[3] &= ~termios.ECHO  # what is typed is not on the screen
termios.tcsetattr(terminal, termios.TCSANOW, attributes)
fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", HIGH, WIDE, 0, 0))
screen, begin, typed, came = Screen(), time.monotonic(), False, None
while True:
    ready, _, _ = select.select([terminal], [], [], 0.1)
    try:
        data = os.read(terminal, 65536) if ready else b""
    except OSError:  # the last one has closed it
        break
    screen.take(data.decode(errors="replace"))
    if came is None and re.search(word, screen.text()):
        came = screen.text()
    if not typed and (came is not None or time.monotonic() - begin > limit):
        os.write(terminal, b"\n")
        typed = True
status = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
print(json.dumps({"came": came, "end": screen.text(), "status": status}))
