"""What editors do besides writing: begin, translate, look after, take back."""
