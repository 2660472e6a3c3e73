# SPDX-License-Identifier: MIT
"""screen.py WORD TIMEOUT COMMAND…: runs COMMAND at a terminal of 100 columns, types a line as
soon as WORD is on the screen (or the seconds are over), and prints JSON: whether it came, the
screen with it, the screen at the end, the exit status, the margins at the end. The terminal is
real (pty), what is on it is worked out here, with what has scrolled out of it: text, CR, LF,
saving and moving the cursor, clearing, margins."""
import fcntl, json, os, pty, re, select, struct, sys, termios, time

WIDE, HIGH = 100, 40
STEP = re.compile(r"\x1b[78D]|\x1b\[([\d;]*)([AGHKmr])|\r|\n|\x08|[^\x1b\r\n\x08]+")


class Screen:
    def __init__(self):
        self.gone = []  # what has scrolled out at the top
        self.lines = [""] * HIGH
        self.x = self.y = self.top = 0
        self.bottom, self.saved, self.rest = HIGH - 1, (0, 0), ""

    def put(self, text):
        line = self.lines[self.y].ljust(self.x)
        self.lines[self.y] = line[: self.x] + text + line[self.x + len(text) :]
        self.x += len(text)

    def down(self):  # the margins hold what scrolls
        if self.y == self.bottom:
            self.gone.append(self.lines.pop(self.top))
            self.lines.insert(self.bottom, "")
        elif self.y < HIGH - 1:
            self.y += 1

    def control(self, numbers, letter):
        n = [int(number or 0) for number in numbers.split(";")]
        if letter == "A":
            self.y = max(self.y - (n[0] or 1), 0)
        elif letter == "G":
            self.x = n[0] - 1
        elif letter == "H":
            self.y, self.x = n[0] - 1, n[1] - 1
        elif letter == "K":
            self.lines[self.y] = "" if n[0] == 2 else self.lines[self.y][: self.x]
        elif letter == "r":
            self.top, self.bottom = (n[0] - 1, n[1] - 1) if numbers else (0, HIGH - 1)
            self.x = self.y = 0

    def take(self, text):
        text, at = self.rest + text, 0
        while match := STEP.match(text, at):
            at = match.end()
            what = match[0]
            if what == "\x1b7":
                self.saved = (self.x, self.y)
            elif what == "\x1b8":
                self.x, self.y = self.saved
            elif what in ("\n", "\x1bD"):
                self.down()
            elif what == "\r":
                self.x = 0
            elif what.startswith("\x1b"):
                self.control(match[1], match[2])
            elif what != "\x08":
                self.put(what)
        self.rest = text[at:]
        if len(self.rest) > 16:
            sys.exit("not understood: " + ascii(self.rest))

    def text(self):
        return "\n".join(line.rstrip() for line in self.gone + self.lines)


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
margins = [screen.top, screen.bottom]
print(json.dumps({"came": came, "end": screen.text(), "status": status, "margins": margins}))
