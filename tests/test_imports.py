"""The import rules of docs/architecture.md hold, and the rules themselves can fail."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LINT = "import sys; from importlinter.cli import lint_imports; sys.path.insert(0, '.'); sys.exit(lint_imports(no_cache=True))"


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-c", LINT], cwd=folder, capture_output=True, text=True, check=False)


def test_imports_run_downhill():
    done = lint(ROOT)
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_room_that_imports_uphill_is_caught(tmp_path):
    (tmp_path / "pyproject.toml").write_text((ROOT / "pyproject.toml").read_text(encoding="utf-8"), encoding="utf-8")
    package = tmp_path / "tracker"
    for name in ("__init__", "models", "vocabulary", "geodesy", "table", "extraction/__init__", "geocoding/__init__", "articles/__init__"):
        (package / name).parent.mkdir(parents=True, exist_ok=True)
        (package / f"{name}.py").write_text("", encoding="utf-8")
    assert lint(tmp_path).returncode == 0
    (package / "models.py").write_text("import tracker.table\n", encoding="utf-8")
    (package / "articles/__init__.py").write_text("import streamlit\nimport pandas\n", encoding="utf-8")
    done = lint(tmp_path)
    assert done.returncode == 1
    for rule in ("Imports run downhill", "streamlit only in views", "pandas from the table up"):
        assert f"{rule} BROKEN" in done.stdout
