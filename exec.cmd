@rem The scripts of package.json begin with exec, so that npm tells Node itself to end, and not a shell. Windows has none.
@%*
