"""The lab: a JupyterLab panel to edit a scenario by hand. A widget is a view, the YAML file is the record."""
