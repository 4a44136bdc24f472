"""The outer edge: database, mail, workbooks, documents, archive folder. Pure modules never import it."""
