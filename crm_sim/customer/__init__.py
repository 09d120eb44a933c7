"""How a customer feels and acts: one file a topic. Knows nothing of the firm; imports chance and arithmetic only."""
