"""The definitions that `tuiyan schedule` prints, with places to fill."""

from __future__ import annotations

UNIT = """[Unit]
Description=tuiyan reports ({cadence})

[Service]
Type=oneshot
User={user}
ExecStart={command}
TimeoutStartSec={timeout}
SuccessExitStatus=143
Nice=10
Environment=MPLCONFIGDIR=/var/cache/{name}
CacheDirectory={name}
ReadWritePaths={workspace}
ProtectSystem=strict
ProtectHome=read-only
PrivateTmp=yes
PrivateDevices=yes
NoNewPrivileges=yes
ProtectKernelTunables=yes
ProtectControlGroups=yes
RestrictSUIDSGID=yes
RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6
IPAddressDeny=any
IPAddressAllow=localhost
"""
TIMER = """[Unit]
Description=tuiyan reports ({cadence})

[Timer]
OnCalendar={day} {hour:02}:{minute:02}:00
Persistent=true

[Install]
WantedBy=timers.target
"""
INSTALLER = """# {about}
set -eu
units="${{UNITS:-/etc/systemd/system}}"
cat > "$units/{name}.service" <<'END_OF_UNIT'
{unit}END_OF_UNIT
cat > "$units/{name}.timer" <<'END_OF_UNIT'
{timer}END_OF_UNIT
"""
WORKFLOW = """# {about}
name: tuiyan {cadence} reports
on:
  schedule:
    - cron: "{cron}"
  workflow_dispatch:
permissions:
  contents: read
concurrency:
  group: tuiyan-reports
jobs:
  reports:
    runs-on: ubuntu-latest
    timeout-minutes: {timeout}
    steps:
      - uses: actions/checkout@v5
        with:
          persist-credentials: false
      - uses: actions/setup-python@v6
        with:
          python-version: "3.12"
      - name: Earlier reports
        uses: actions/cache@v4
        with:
          path: {reports}
          key: tuiyan-reports-${{{{ github.run_id }}}}
          restore-keys: tuiyan-reports-
      - name: Reports
        run: |
          {command}
      - name: Keep the reports
        if: ${{{{ !cancelled() }}}}
        uses: actions/upload-artifact@v5
        with:
          name: reports
          path: {reports}
"""
