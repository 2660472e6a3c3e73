# SPDX-License-Identifier: MIT
"""typist.py STEPS COMMAND…: runs COMMAND at a terminal of its own (24 lines, 80 columns) and does
what STEPS, a file, says, a step in a line:
  wait REGEX      until it is on the terminal, after what the last wait has found (20 seconds)
  type TEXT       keys; "\\x03" and "\\n" are as in Python
  keys TEXT       likewise, but each one when the one before has been read
  raw             until somebody has turned off that lines are edited and echoed
  foreground      until the terminal is a job's, and that has been let go on: keys are for it
  size HIGH WIDE  the window is another size from now on
  until COMMAND   until that shell command, beside it, is true (20 seconds)
Then it waits for COMMAND's end. Standard output is all that was on the terminal, byte for byte,
and the status of COMMAND is its own. A step that fails ends it with status 99, and is told."""
import fcntl, os, pty, re, select, signal, struct, subprocess, sys, termios, time

LIMIT = 20
TIOCGPTN = 0x80045430  # Python has no name for it before 3.13


class Typist:
    def __init__(self, command):
        self.seen, self.at = b"", 0
        self.pid, self.terminal = pty.fork()
        if not self.pid:
            signal.signal(signal.SIGINT, signal.SIG_DFL)
            os.execvp(command[0], command)
        self.size("24 80")

    def read(self, seconds):
        """False when the last one has closed the terminal."""
        if not select.select([self.terminal], [], [], seconds)[0]:
            return True
        try:
            data = os.read(self.terminal, 65536)
        except OSError:
            return False
        self.seen += data
        return bool(data)

    def wait(self, regex):
        deadline, pattern = time.monotonic() + LIMIT, re.compile(regex.encode(), re.M)
        while not (match := pattern.search(self.seen, self.at)):
            left = deadline - time.monotonic()
            if left < 0 or not self.read(left):
                self.give_up("waited in vain for " + regex)
        self.at = match.end()

    def type(self, text):
        keys = text.encode().decode("unicode_escape").encode("latin-1")
        os.write(self.terminal, keys)

    def unread(self):
        number = struct.unpack("i", fcntl.ioctl(self.terminal, TIOCGPTN, bytes(4)))[0]
        slave = os.open(f"/dev/pts/{number}", os.O_RDWR | os.O_NOCTTY)
        # unlike FIONREAD, poll(2) first has the kernel deliver what is under way
        left = select.select([slave], [], [], 0)[0]
        os.close(slave)
        return left

    def keys(self, text):
        deadline = time.monotonic() + LIMIT
        for key in text.encode().decode("unicode_escape"):
            os.write(self.terminal, key.encode("latin-1"))
            while self.unread():
                if time.monotonic() > deadline or not self.read(0.01):
                    self.give_up("nobody reads " + ascii(key))

    def raw(self, _):
        deadline = time.monotonic() + LIMIT
        while termios.tcgetattr(self.terminal)[3] & (termios.ICANON | termios.ECHO):
            if time.monotonic() > deadline or not self.read(0.01):
                self.give_up("the terminal does not become raw")

    def is_at_a_job(self):
        group = os.tcgetpgrp(self.terminal)
        try:
            with open(f"/proc/{group}/stat", encoding="utf-8", errors="replace") as stat:
                state = stat.read().rpartition(")")[2].split()[0]
        except OSError:
            return False
        return group != self.pid and state != "T"

    def foreground(self, _):
        deadline = time.monotonic() + LIMIT
        while not self.is_at_a_job():
            if time.monotonic() > deadline or not self.read(0.01):
                self.give_up("no job has the terminal")

    def size(self, text):
        high, wide = map(int, text.split())
        fcntl.ioctl(self.terminal, termios.TIOCSWINSZ, struct.pack("HHHH", high, wide, 0, 0))

    def until(self, command):
        deadline = time.monotonic() + LIMIT
        while subprocess.run(["sh", "-c", command], stdout=subprocess.DEVNULL).returncode:
            if time.monotonic() > deadline or not self.read(0.05):
                self.give_up("not true in time: " + command)

    def end(self):
        deadline = time.monotonic() + LIMIT
        while self.read(0.1):
            if time.monotonic() > deadline:
                self.give_up("the command does not end")
        return os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])

    def give_up(self, why):
        sys.stdout.buffer.write(self.seen)
        sys.stdout.flush()
        sys.stderr.write("typist: " + why + "\n")
        os.close(self.terminal)  # everybody there gets SIGHUP
        sys.exit(99)


typist = Typist(sys.argv[2:])
with open(sys.argv[1], encoding="utf-8") as steps:
    for step in steps:
        verb, _, rest = step.rstrip("\n").partition(" ")
        if verb and not verb.startswith("#"):
            getattr(typist, verb)(rest)
status = typist.end()
sys.stdout.buffer.write(typist.seen)
sys.exit(status if status >= 0 else 128 - status)
