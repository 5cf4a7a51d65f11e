"""What pyproject.toml can't say: the trained models, which lie beside the package here, lie within it in a wheel."""

import shutil
from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py


class BuildWithModels(build_py):
    """The package, with `models/` copied to where `models_folder` looks for it when there is no checkout."""

    def run(self) -> None:
        """Build, then copy; an editable install finds the checkout's."""
        super().run()
        if not self.editable_mode:
            shutil.copytree(Path("models"), Path(self.build_lib) / "ntm_extract" / "models", dirs_exist_ok=True)


setup(cmdclass={"build_py": BuildWithModels})
