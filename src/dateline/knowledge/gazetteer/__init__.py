"""The gazetteer: places of the world by name, in one compact file, with the tables it is built from."""
